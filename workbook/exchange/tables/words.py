"""Words of headings and cells, compared without accents, case and odd blanks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HYPHENS = re.compile(r"[‐‑‒–—−]")
_INCLUSIVE = re.compile(
    r"(?<=\w{3})(?:\((?i:e|s|es|e\)\(s|t?rices?)\)|[·•/](?:e|s|es|t?rices?)\b)+"
)


_NOTE = re.compile(r"(?<=\w)(?<!\bm)(?<!\b[kcd]m)\s*(?:[*†‡]+|[¹²³⁴⁵⁶⁷⁸⁹]+)$|\s*\[\^\w+\]$")


def unmarked(text: str) -> str:
    """The text without the sign of a footnote at its end: `Search²`, `Ben *`; "m²" is a unit."""
    return _NOTE.sub("", text)


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def neutral(text: str) -> str:
    """The text without inclusive endings: `Consulté(e)s`, `informé·e·s`, `Réalisateur/trice`."""
    return _INCLUSIVE.sub("", unicodedata.normalize("NFC", text))


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The text in lower case without accents, inclusive endings and odd blanks, to compare with."""
    plain = neutral(text).casefold()
    bare = "".join(
        mark for mark in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(mark)
    )
    return " ".join(_HYPHENS.sub("-", bare.replace("’", "'")).split())


def words(text: str) -> list[str]:
    """The folded words of a text, signs left out; # and n° count as `no`."""
    return re.findall(r"[a-z0-9]+", re.sub(r"#|n°|№", " no ", fold(text)))
