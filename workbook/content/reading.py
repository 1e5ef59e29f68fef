"""Reads YAML and JSON documents into plain values that remember where each of them stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.content.nodes import Data, Include, Spot, build, plain
from workbook.errors import BadInput, Problem, nearest
from workbook.resources import file_bytes

DOCUMENTS = frozenset({".yaml", ".yml", ".json"})
Steps = tuple[str | int, ...]
"""The way to a value inside a document: `("people", 3, "name")`."""

# JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
_LONE = re.compile("[\ud800-\udfff]")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_PAIR = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """A document as read: `data` in plain values, `file` as it was named, `root` for places."""

    file: str
    data: Data
    root: Spot | None = None

    def problem(self, steps: Steps, message: str, fix: str = "") -> Problem:
        """A problem with the place of `steps`, or of the nearest thing around it that exists."""
        file, line = (self.file, None) if self.root is None else self.root.find(steps)
        return Problem(message, fix, file=file, line=line, path=dotted(steps))

    def holding(self, data: Data) -> Document:
        """The same document with other data, such as the upgraded."""
        return replace(self, data=data)


def dotted(steps: Iterable[str | int]) -> str:
    """The way as people write it: `people[3].name`."""
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


def read(path: Path, *, includes: bool = False) -> Document:
    """Read one file; `.json` as JSON, anything else as YAML. BadInput with every problem found.

    With `includes`, `!include name.yaml` stands for the content of a file in the same folder.
    """
    text = _text(path)
    if path.suffix.lower() == ".json":
        return _json(str(path), text)
    return parse(text, str(path), path.parent if includes else None)


def parse(text: str, file: str = "", folder: Path | None = None) -> Document:
    """Read a YAML text; with `folder`, `!include` takes files from there."""
    return Document(file, *build(file, text, _includer(folder) if folder else None))


def _includer(folder: Path) -> Include:
    taken: set[str] = set()

    def include(name: str, problem: Callable[[str, str], Problem]) -> tuple[Data, Spot]:
        if Path(name).name != name or name in taken:
            fix = "name a file in the same folder, and each one once"
            raise BadInput(problem(f"“{name}” cannot be included", fix))
        taken.add(name)
        return build(str(folder / name), _text(folder / name), include)

    return include


def _text(path: Path) -> str:
    file = str(path)
    try:
        return file_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "the text is not UTF-8"
        raise BadInput(Problem(message, "save it as UTF-8", file=file, line=line)) from None
    except IsADirectoryError:
        message = "is a folder, not a document"
        raise BadInput(Problem(message, "name a file in it", file=file)) from None
    except FileNotFoundError:
        folder = path.parent if path.parent.is_dir() else Path()
        documents = [p.name for p in folder.iterdir() if p.suffix in DOCUMENTS]
        message = "there is no such file"
        raise BadInput(Problem(message, nearest(path.name, documents), file=file)) from None
    except (OSError, ValueError) as error:  # a name with a zero byte is a ValueError
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise BadInput(Problem(message, "check its name and permissions", file=file)) from None


def _json(file: str, text: str) -> Document:
    try:
        data = json.loads(text, parse_int=plain)
    except json.JSONDecodeError as error:
        fix = "JSON wants double quotes, no comments, and no comma after the last item"
        message = f"not valid JSON: {error.msg}"
        raise BadInput(Problem(message, fix, file=file, line=error.lineno)) from None
    except RecursionError:
        raise BadInput(Problem("nested too deeply", "flatten it", file=file)) from None

    if _HALF.search(text) and _LONE.search(json.dumps(data, ensure_ascii=False)):
        raise BadInput(Problem("half a character, or none", "remove this character", file=file))

    # JSON is YAML with few exceptions, and YAML knows lines and keys that stand twice.
    def character(pair: re.Match[str]) -> str:
        return str(json.loads(f'"{pair[0]}"'))

    _, root = build(file, _PAIR.sub(character, text.replace("\t", " ")))
    return Document(file, data, root)
