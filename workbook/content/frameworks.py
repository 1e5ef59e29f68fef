"""Finds frameworks, those of one's own before those that are shipped, and loads them.

A framework of one's own stands in `frameworks/<key>/`, beside the document that names it or in the
workspace's folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from workbook import resources
from workbook.content.flaws import Flaw, unknown
from workbook.content.framework_check import check_framework
from workbook.content.framework_findings import with_defaults
from workbook.content.nodes import Data
from workbook.content.reading import Document, Steps, read
from workbook.content.shape import judged, shape
from workbook.content.upgrades import upgraded_framework
from workbook.errors import BadInput
from workbook.model.framework import Criterion, Framework

FOLDER, ROOT_FILE = "frameworks", "framework.yaml"
_ANY = {"en": "?"}
_STAND_INS: Mapping[Steps, Data] = {
    ("key",): "unknown",
    ("version",): "0",
    **{(text,): _ANY for text in ("title", "summary", "why_now")},
    **{("weights", criterion.value): 1 for criterion in Criterion},
}
"""What takes the place of compulsory values that are wrong, while the rest is checked."""
Stamp = tuple[tuple[str, int, int], ...]


@cache
def framework_keys() -> tuple[str, ...]:
    """The keys of the frameworks that travel with the package."""
    folder = resources.templates() / FOLDER
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{ROOT_FILE}")))


def known_keys(near: Path | None = None) -> tuple[str, ...]:
    """Every key that finds a framework here; `near` is the folder of a document or workspace."""
    roots = (root for home in _homes(near) for root in (home / FOLDER).glob(f"*/{ROOT_FILE}"))
    return tuple(sorted({root.parent.name for root in roots} | set(framework_keys())))


def folder_of(key: str, near: Path | None = None) -> Path | None:
    """The folder of the framework that a key means, None if there is none."""
    for home in (*_homes(near), resources.templates()):
        if (home / FOLDER / key / ROOT_FILE).is_file():
            return home / FOLDER / key
    return None


def _homes(near: Path | None) -> tuple[Path, ...]:
    return (*([near] if near else []), resources.home())


def load_framework(
    key_or_path: str | Path, version: str | None = None, *, near: Path | None = None
) -> Framework:
    """A framework by its key, or from its folder or root file.

    `near`: the folder of the document or workspace that names it. A `version`, if given, must be
    the one that is found: results of different versions must not be mixed without notice. BadInput
    with every problem.
    """
    name = str(key_or_path)
    framework = named(name, near) if Path(name).name == name else None
    if framework is None and Path(name).exists():
        framework = framework_from(Path(name))
    if framework is None:
        raise BadInput(flaw.problem() for flaw in unknown("framework", name, known_keys(near)))
    raised = tuple(version_flaws(framework, version)) if version else ()
    if raised:
        raise BadInput(flaw.problem() for flaw in raised)
    return framework


def named(key: str, near: Path | None = None) -> Framework | None:
    """The framework that a key means, None if there is none. BadInput if it is wrong."""
    folder = folder_of(key, near)
    if folder is None:
        return None
    if folder.parent.parent == resources.templates():
        return shipped(key)
    files = sorted(folder.glob("*.y*ml"))
    return _own(folder, tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files))


@lru_cache(maxsize=64)
def _own(folder: Path, _as_it_is: Stamp) -> Framework:
    """A framework of one's own, read again once a file of it has changed."""
    framework = framework_from(folder)
    if framework.key != folder.name:
        message = f"the folder “{folder.name}” holds the framework “{framework.key}”"
        problem = framework_document(folder).problem(("key",), message, "give both the same name")
        raise BadInput(problem)
    return framework


def version_flaws(framework: Framework, version: str, *steps: str | int) -> Iterator[Flaw]:
    """A flaw if the framework that is here has another version."""
    if version != framework.version:
        message = f"there is no version “{version}” of the framework “{framework.key}”"
        fix = f"use “{framework.version}”, or install the release of this package that has it"
        yield Flaw(steps, message, fix, version)


@cache
def shipped(key: str) -> Framework:
    """A shipped framework, read once."""
    return framework_from(resources.templates() / FOLDER / key)


def framework_from(path: Path) -> Framework:
    """The framework of a folder (its `framework.yaml`) or of a file; BadInput with all problems."""
    document = framework_document(path)
    shaped = shape(document, Framework, _STAND_INS)
    flaws = check_framework(shaped.value) if shaped.value is not None else ()
    problems = judged(document, shaped, flaws)
    if problems or shaped.value is None:
        raise BadInput(problems)
    return with_defaults(shaped.value)


def framework_document(path: Path) -> Document:
    """The framework's document as written, its parts included and its schema brought up to date."""
    root = path / ROOT_FILE if path.is_dir() else path
    return upgraded_framework(read(root, includes=True))
