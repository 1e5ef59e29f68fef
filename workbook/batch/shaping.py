"""What shapes a report besides its input, as digests: whatever changes here is made again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import workbook
from workbook import resources

_APART = ("cli", "serve", "_resources", "__pycache__")
"""Folders of the package that no report depends on, or that are looked at by themselves."""
_FILE = re.compile(r"[\w./-]*\w\.\w+")
"""What may be the name of a file in the text of a notebook."""
_LIBRARIES = (
    *("babel", "ipykernel", "ipython", "jinja2", "markupsafe", "nbconvert", "nbformat"),
    *("numpy", "pandas", "papermill", "pydantic", "python-docx", "python-pptx", "rapidfuzz"),
    "typst",
)


def digest_of_values(value: object) -> str:
    """The digest of plain values: the same for equal values, whatever the order of keys."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def runnable(notebook: Path) -> bytes:
    """A notebook without outputs and counts: what shapes a run of it, and no more."""
    import nbformat

    nb: Any = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nb.metadata.pop("widgets", None)
    text: str = nbformat.writes(nb)  # type: ignore[no-untyped-call]
    return text.encode()


def shape(notebook: bytes) -> dict[str, str]:
    """The digests of the package, the libraries, the page's template and the notebook."""
    return {
        "version": workbook.__version__,
        "code": package(),
        "libraries": digest_of_values([(name, _version(name)) for name in _LIBRARIES]),
        "template": _folder(resources.templates() / "reports"),
        "notebook": hashlib.sha256(notebook).hexdigest(),
    }


def surroundings(folders: Iterable[Path], notebook: bytes) -> str:
    """The digest of what a notebook finds in these folders: modules, and files that it names."""
    named = sorted(set(_FILE.findall(notebook.decode())))
    digest = hashlib.sha256()
    for folder in dict.fromkeys(folders):
        modules = [*folder.glob("*.py"), *folder.glob("*/__init__.py")]
        packages = (path.parent.rglob("*.py") for path in modules if path.name == "__init__.py")
        files = {*modules, *(path for package in packages for path in package)}
        files |= {folder / name for name in named if (folder / name).is_file()}
        for path in sorted(files):
            digest.update(f"{path.relative_to(folder)}\0".encode(errors="surrogateescape"))
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def package() -> str:
    """The digest of the package's own files: code, stylesheets, fonts, translations."""
    return _folder(Path(workbook.__file__).parent, without=_APART)


@cache
def framework(key: str) -> str:
    """The digest of a shipped framework's files."""
    return _folder(resources.templates() / "frameworks" / key)


def key_of(shaped: Mapping[str, str], framework: str, document: str, values: object) -> str:
    """The key of a report: equal exactly if everything that shapes it is.

    `shaped` is from `shape`, `framework` and `document` are the digests of the engagement's,
    `values` are the notebook's other parameters, language and day among them.
    """
    return digest_of_values([shaped, framework, document, values])


def _folder(folder: Path, without: Iterable[str] = ()) -> str:
    left_out, digest = set(without) | {"__pycache__"}, hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder)
        if not left_out & set(name.parts[:-1]):
            digest.update(f"{name.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
