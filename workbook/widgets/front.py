"""Puts the front end together: one module out of the files of `static/`, without a build step.

The vendored library (preact, hooks and htm in one file) becomes the constant `preact`; our files
follow and share one scope. The last file says what becomes of them: a widget that is exported, or
a page of the workshop's host.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
VENDORED = STATIC / "vendor" / "htm-preact-3.1.1.js"
SCREEN = (
    "core",
    "focus",
    "outbox",
    "dates",
    "fields",
    "parts",
    "picker",
    "card",
    "question",
    "focused",
    "side",
    "importing",
    "start",
    "map",
    "stage",
    "plan",
    "signoff",
    "discussion",
    "workshop",
    "review",
    "shell",
)

_EXPORTS = re.compile(r"export\{([^}]*)\};?\s*$")

RESPONDENT = ("core", "outbox", "fields", "parts", "picker", "focused", "respond")


def module() -> str:
    """The screen of a notebook as one ES module that exports a widget."""
    return _joined(*SCREEN, "widget")


def board() -> str:
    """The same screen for a page of the workshop's host."""
    return _bare(_joined(*SCREEN, "socket", "board"))


def respondent_module() -> str:
    """A respondent's page for a notebook, where letters must not be shortcuts of Lab."""
    return _joined(*RESPONDENT, "focus", "seat")


def respondent_page() -> str:
    """A respondent's page."""
    return _bare(_joined(*RESPONDENT, "socket", "answering"))


@cache
def _bare(source: str) -> str:
    """The source without comments and indentation: a page of the host travels to a phone."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/**")))


def questionnaire_page() -> str:
    """The same page as a file of its own, which answers without a server."""
    return _joined(*RESPONDENT, "local", "answering")


@cache
def _joined(*names: str) -> str:
    parts = [_library(VENDORED.read_text("utf-8"))]
    parts += [(STATIC / f"{name}.js").read_text("utf-8") for name in names]
    return "\n".join(parts)


def _library(source: str) -> str:
    """The library as a constant: its short inner names must not meet ours."""
    exports = _EXPORTS.search(source)
    if exports is None:
        raise ValueError(f"{VENDORED.name} ends without a list of exports")
    pairs = (pair.split(" as ") for pair in exports[1].split(","))
    names = ", ".join(f"{outer.strip()}: {inner.strip()}" for inner, outer in pairs)
    body = source[: exports.start()]
    return f"const preact = (() => {{\n{body}\nreturn {{ {names} }};\n}})();"
