"""Names of what comes out: safe on every file system, and the same for the same input.

The rule, also told in docs/how-to/batch.md. A text of lower-case letters, digits, `-` and `_` (at
most 64, beginning with a letter or digit) is its own name. Any other, a reserved one too, is
written with those characters, cut to 40, and gets `~` and twelve hexadecimal digits of its SHA-256.
No name depends on another one, on the order or on the machine; `~` never stands in a plain text, so
that nothing meets by accident, not even where `A` and `a` are the same file.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping

LONGEST = 64
READABLE = 40
MARK = "~"
_PLAIN = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{LONGEST - 1}}}")
_OTHER = re.compile(r"[^a-z0-9_]+")
_DEVICES = {"con", "prn", "aux", "nul", "conin", "conout", "clock"}
RESERVED = frozenset(
    {"index", "summary", "failed", "notebooks"}
    | _DEVICES
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""Our own files, and what Windows takes for a device whatever its ending."""


def safe_name(text: str) -> str:
    """The name that a text gives: itself where it is plain, else readable and marked."""
    if _PLAIN.fullmatch(text) and text not in RESERVED and not _ours(text):
        return text
    return marked(text, text)


def row_name(values: Mapping[str, object]) -> str:
    """The name that a row of parameters gives, from its values in the order of the columns."""
    name = "-".join(_spelled(value) for value in values.values())
    return marked(name, json.dumps(dict(values), sort_keys=True, ensure_ascii=False))


def marked(readable: str, exact: str) -> str:
    """A readable name, made distinct by what exactly it stands for."""
    digest = hashlib.sha256(exact.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{_slug(readable)}{MARK}{digest}"


def _slug(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text[: 4 * READABLE].casefold())
    ascii_only = "".join(c for c in bare if not unicodedata.combining(c))
    return _OTHER.sub("-", ascii_only).strip("-_")[:READABLE].rstrip("-_") or "run"


def _ours(text: str) -> bool:
    """Pages of a long index are `index-2.html` and so on."""
    return re.fullmatch(r"index-\d+", text) is not None


def _spelled(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
