"""Where the report of an engagement is, seen from the portfolio's page."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from workbook.errors import BadInput, Problem
from workbook.resources import expanded

Link = Callable[[str], str]
"""The address of an engagement's report, "" where there is none."""

KEY, LANG = "{key}", "{lang}"


def links(reports: str, out: Path, lang: str) -> Link:
    """Links to reports in a folder, or to addresses made from a pattern.

    `reports`: "" for none; a folder of reports as `workbook report` and `workbook batch` write them
    (the one in `lang` first, else any; only those that are there); or a pattern with `{key}`, and
    `{lang}` if wanted: a path, or an http address. Links to files are relative to the folder `out`.
    """
    if not reports:
        return lambda _: ""
    if KEY in reports:
        return lambda key: _address(reports.replace(LANG, lang), key, out)
    folder = expanded(reports)
    if not folder.is_dir():
        fix = f"name a folder, or a pattern such as https://example.org/{KEY}.{LANG}.html"
        raise BadInput(Problem("there is no such folder", fix, reports, path="--reports"))
    pages: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.html")):
        pages.setdefault(path.name.split(".")[0], []).append(path.name)

    def address(key: str) -> str:
        own = pages.get(key, [""])
        wanted = f"{key}.{lang}.html"
        name = wanted if wanted in own else own[0]
        return _relative(folder / name, out) if name else ""

    return address


def _address(pattern: str, key: str, out: Path) -> str:
    """An http address as it stands, anything else as a path."""
    if urlsplit(pattern).scheme in {"http", "https"}:
        return pattern.replace(KEY, quote(key, safe=""))
    return _relative(expanded(pattern.replace(KEY, key)), out)


def _relative(target: Path, out: Path) -> str:
    return quote(Path(os.path.relpath(target, out)).as_posix())
