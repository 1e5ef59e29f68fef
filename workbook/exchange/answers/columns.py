"""Which column of a form's export is what: who, when, the form's own, or which question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from rapidfuzz import fuzz

from workbook.exchange.answers.form import Target, TargetKind, target_text
from workbook.exchange.people.cells import Cells
from workbook.exchange.people.columns import TITLE_LINES
from workbook.exchange.subjects import names_of
from workbook.exchange.tables.words import fold, word_set
from workbook.i18n import base, languages, voice
from workbook.model.rules import Rules
from workbook.wording.names import Vocabulary

ALIKE = 80
"""From this similarity on, of 100, a heading is a question whose words have drifted."""
CLEARER = 4
"""By so much it must be more alike than any other question."""
SHORTEST = 20
"""Characters that a heading cut off by an ellipsis must have left."""


class Own(StrEnum):
    """A column that the form has by itself."""

    START = "start"
    TIME = "time"
    EMAIL = "email"
    NAME = "name"
    IDENT = "id"
    OTHER = "of the form itself"


Column = Target | Own | None

_OWN: Mapping[Own, frozenset[str]] = {
    Own.START: frozenset({"start time", "heure de debut", "startzeit"}),
    Own.TIME: frozenset(
        {"completion time", "heure de fin", "heure d'achevement", "fertigstellungszeit"}
        | {"timestamp", "horodateur", "horodatage", "zeitstempel"}
    ),
    Own.EMAIL: frozenset(
        {"email", "email address", "e-mail", "e-mail address", "adresse e-mail", "username"}
        | {"adresse de messagerie", "adresse de courriel", "adresse email", "courriel"}
        | {"e-mail-adresse", "nom d'utilisateur"}
    ),
    Own.NAME: frozenset(
        {"name", "nom", "your name", "full name", "votre nom", "nom et prenom", "prenom et nom"}
        | {"vos nom et prenom", "nom complet", "first and last name"}
    ),
    Own.IDENT: frozenset({"id"}),
    Own.OTHER: frozenset(
        {"language", "langue", "sprache", "last modified time", "total points", "quiz feedback"}
        | {"heure de la derniere modification", "zeit der letzten anderung", "score"}
        | {"total des points", "commentaires sur le questionnaire"}
    ),
}
_KEYS = {heading: key for key, headings in _OWN.items() for heading in headings}
_QUIZ = re.compile(r"(points|feedback|commentaires)\s*-\s")
_NUMBERING = re.compile(r"^\s*(?:q(?:uestion)?\s*)?\d+\s*[.):]\s*")
_ENDS = re.compile(r"[\s*:.…?]+$")
_WHO = word_set(
    "who whom whose owner owns owned accountable answers qui responsable porte porteur pilote "
    "proprietaire repond represente"
)
_DEPUTY = re.compile(r"\b(deputy|stands? in|backup|back-up|suppleant|supplee|remplace)\b")


def form_heading(rows: Sequence[Cells]) -> int | None:
    """Which of the first lines heads a form's export: it says when somebody answered."""
    for index, cells in enumerate(rows[:TITLE_LINES]):
        keys = [_KEYS.get(fold(cell)) for cell in cells]
        if Own.TIME in keys and (Own.START in keys or keys[0] is Own.TIME):
            return index
    return None


def read_columns(
    headings: Cells, below: Sequence[Cells], targets: Targets, chosen: Mapping[str, str]
) -> list[Column]:
    """For each heading what its column holds; None for what nothing is known about.

    Of two columns of one question the first counts.
    """
    columns: list[Column] = []
    for at, heading in enumerate(headings):
        column: Column = Own.OTHER
        if heading in chosen:
            column = targets.named(chosen[heading])
        elif heading:
            column = _own(heading) or targets.find(heading)
        if column in (Own.EMAIL, Own.NAME) and column in columns:
            first = columns.index(column)
            # Anonymous respondents may write their name or address themselves: that one counts.
            if _speaks(below, at) and not _speaks(below, first):
                columns[first] = Own.OTHER
        columns.append(None if isinstance(column, Target) and column in columns else column)
    return columns


def _speaks(rows: Sequence[Cells], at: int) -> bool:
    return any(speaks(row[at]) for row in rows if at < len(row))


def speaks(text: str) -> bool:
    """Whether a cell names somebody: anonymous answers say so in place of a name."""
    return fold(text) not in {"", "anonymous", "anonyme", "anonym"}


def _own(heading: str) -> Own | None:
    """What a column of the form's own holds; None for a question."""
    name = fold(heading)
    return Own.OTHER if _QUIZ.match(name) else _KEYS.get(_ENDS.sub("", name))


def is_american(headings: Cells) -> bool:
    """Whether days stand after months where nothing tells: Microsoft's English export."""
    return "completion time" in map(fold, headings)


class Targets:
    """What headings can mean, by the questions of a form in every language that we speak."""

    def __init__(self, rules: Rules, asked: Sequence[Target]) -> None:
        self._texts: dict[str, Target] = {}
        self._names: dict[str, str] = {}
        self._by_name = {target.name: target for target in asked}
        self._places = rules.places()
        spoken = {base(language) for language in rules.languages}
        for language in languages():
            words = Vocabulary(rules, voice(language))
            for target in asked if language in spoken else ():
                self._texts.setdefault(plain(target_text(words, target)), target)
        for target in asked:
            if target.kind is TargetKind.OWNER:
                self._names |= dict.fromkeys(names_of(self._places[target.key][1]), target.key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def named(self, name: str) -> Target | None:
        """The target of this name; None for a blank one, or one that there is not."""
        return self._by_name.get(name)

    def find(self, heading: str) -> Target | None:
        """What a heading asks for, however its words have drifted; None if nothing is near."""
        text = plain(heading)
        return self._texts.get(text) or self._grid_row(text) or self._alike(text)

    def heading(self, rows: Sequence[Cells]) -> tuple[int, Cells] | None:
        """The heading of answers: that of a form, else the first line that asks for something."""
        index = form_heading(rows)
        if index is None:
            asking = (i for i, row in enumerate(rows[:TITLE_LINES]) if any(map(self.find, row)))
            index = next(asking, None)
        return None if index is None else (index, [])

    def exact(self, heading: str) -> bool:
        """Whether a heading is the very question of a form."""
        return plain(heading) in self._texts

    def _grid_row(self, text: str) -> Target | None:
        """The owner of what the row of a grid is named after: "ERP", or "Who owns … [ERP]"."""
        row = re.search(r"\[([^\]]+)\]$", text)
        key = self._names.get(row[1] if row else text)
        return self._by_name.get(key or "")

    def _alike(self, text: str) -> Target | None:
        cut = [t for known, t in self._texts.items() if known.startswith(text)]
        if len(text) >= SHORTEST and len(set(cut)) == 1:
            return cut[0]
        about = self._mentioned(text)
        if about and (set(re.findall(r"\w+", text)) & _WHO or _DEPUTY.search(text)):
            return self.named(f"{about}/deputy" if _DEPUTY.search(text) else about)
        scores: dict[Target, float] = {}
        for known, target in self._texts.items():
            if target.kind is TargetKind.ANSWER and target.instance in (None, about):
                pair = [_about_one(t) if target.instance else t for t in (text, known)]
                scores[target] = max(scores.get(target, 0), fuzz.ratio(*pair))
        ranked = sorted(scores.values(), reverse=True)
        if not ranked or ranked[0] < ALIKE or [s for s in ranked[1:2] if s > ranked[0] - CLEARER]:
            return None
        return max(scores, key=scores.__getitem__)

    def _mentioned(self, text: str) -> str | None:
        """The one focal point that a text names; of names within names the longest counts."""
        spots = [
            (match.start(), -len(name), key)
            for name, key in self._names.items()
            if len(name) > 1
            for match in [re.search(rf"\b{re.escape(name)}\b", text)]
            if match
        ]
        end, keys = 0, set[str]()
        for start, length, key in sorted(spots):
            if start >= end:
                end = start - length
                keys.add(key)
        return keys.pop() if len(keys) == 1 else None


def _about_one(text: str) -> str:
    """The question that is asked of several subjects, without the one before its colon."""
    return text.partition(":")[2].strip() or text


def plain(heading: str) -> str:
    """A heading to compare with: without its number, its mark at the end, its own spaces."""
    return _ENDS.sub("", _NUMBERING.sub("", fold(heading)))
