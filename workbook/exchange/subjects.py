"""Which focal point a text means (the label of a row, a system), and what a table gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from workbook.exchange.people.rows import PersonRow
from workbook.exchange.tables.words import fold
from workbook.model.framework import FocalPoint
from workbook.model.rules import Rules
from workbook.store import Change, Subject

ALIKE = 90
"""From this similarity of words on, of 100, two names are one."""


@dataclass(frozen=True, slots=True)
class Match:
    """The focal point that a text means, and whether it bears that very name."""

    key: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What names a row, the focal point that it means (blank: none), and what the row says."""

    text: str
    key: str = ""
    facts: str = ""
    exact: bool = True

    def __str__(self) -> str:
        similar = "" if self.exact else " (similar name)"
        return f"{self.text} → {self.key}{similar}{': ' if self.facts else ''}{self.facts}"


@dataclass(frozen=True, kw_only=True)
class Taking:
    """What a table gives: see `intake.ImportPlan`. What is `confirmed` counts as it is."""

    mapping: tuple[tuple[str, str], ...]
    preview: tuple[str, ...]
    questions: tuple[str, ...]
    unused: tuple[str, ...]
    changes: tuple[Change, ...]
    people: tuple[PersonRow, ...] = ()
    labels: tuple[Label, ...] = ()
    confirmed: frozenset[Subject] = frozenset()


class Subjects:
    """The focal points of an engagement by every name that people have for them."""

    def __init__(self, rules: Rules, chosen: Mapping[str, str], kinds: Iterable[str] = ()) -> None:
        wanted = frozenset(kinds)
        self._points = {
            key: point
            for key, (_, point) in rules.places().items()
            if not wanted or point.kind in wanted
        }
        self._chosen = {
            fold(text): key for text, key in chosen.items() if not key or key in self._points
        }
        self._keys = {name: key for key, point in self._points.items() for name in names_of(point)}

    def find(self, text: str) -> Match | None:
        """The focal point that a text means; None where no name is near enough, or two are."""
        name = fold(text)
        if name in self._chosen:
            key = self._chosen[name]
            return Match(key, exact=True) if key else None
        if name in self._keys:
            return Match(self._keys[name], exact=True)
        acronyms = {self._keys[word] for word in re.findall(r"\w+", name) if word in self._keys}
        if len(acronyms) == 1:
            return Match(acronyms.pop(), exact=False)
        alike: dict[str, float] = {}
        for known, key in self._keys.items():
            score = fuzz.token_sort_ratio(name, known)
            alike[key] = max(alike.get(key, 0), score)
        near = [key for key, score in alike.items() if score >= ALIKE]
        return Match(near[0], exact=False) if len(near) == 1 else None

    def __getitem__(self, key: str) -> FocalPoint:
        return self._points[key]

    def __contains__(self, key: str) -> bool:
        return key in self._points


def names_of(point: FocalPoint) -> Iterable[str]:
    """Key and titles, with and without what stands in brackets, and the brackets alone."""
    yield fold(point.key.replace("_", " "))
    for title in point.title.root.values():
        plain = fold(title)
        yield plain
        yield re.sub(r"\s*\([^()]*\)", "", plain)
        yield from re.findall(r"\(([^()]*)\)", plain)
