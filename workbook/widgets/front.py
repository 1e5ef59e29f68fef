"""Puts the front end together: one module out of the files of `static/`, without a build step.

The vendored library (preact, hooks and htm in one file) becomes the constant `preact`; our files
follow and share one scope. `shell.js` comes last because it exports the widget.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
VENDORED = STATIC / "vendor" / "htm-preact-3.1.1.js"
ORDER = (
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
    "review",
    "shell",
)

_EXPORTS = re.compile(r"export\{([^}]*)\};?\s*$")


@cache
def module() -> str:
    """The source of the screen as one ES module."""
    parts = [_library(VENDORED.read_text("utf-8"))]
    parts += [(STATIC / f"{name}.js").read_text("utf-8") for name in ORDER]
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
