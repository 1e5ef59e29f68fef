"""An oracle of the fold, written from docs/decisions alone: what a log of events adds up to.

It reads the rows of the database itself and shares no code with the store. Per subject it keeps the
heads, "the events that no other supersedes"; "the last one counts". What is said in a round without
names is worked out from docs/decisions/rounds-are-windows-of-the-log.md, what is said in none from
docs/decisions/answers-outside-rounds-five-at-a-time.md.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

Json = Any
Subject = tuple[str, ...]

SETTINGS = {
    "language": "language",
    "framework": "framework",
    "overlay": "overlay",
    "organisation": "organisation",
    "programme": "programme",
    "anonymous": "anonymous",
    "matrix_complete": "matrix_complete",
    "group": "group",
    "timetable": "timetable",
}
ELEMENTS = {
    "person": ("people", ("id",)),
    "team": ("teams", ("id",)),
    "external": ("externals", ("id",)),
    "respondent": ("respondents", ("id",)),
    "nomination": ("nominations", ("respondent", "focal_point")),
    "answer": ("answers", ("question", "subject", "respondent")),
    "decision": ("decisions", ("focal_point",)),
    "action": ("undertakings", ("action",)),
    "round": ("rounds", ("id",)),
    "invitation": ("invitations", ("respondent",)),
    "parked": ("parked", ("id",)),
    "inherited": ("inherited", ("subject", "instance")),
}
FEW = 5
ABOUT_THE_LOG = {"baseline", "erasure", "import"}


class Row(NamedTuple):
    """One event as it stands in the database, with what is private put back."""

    seq: int
    id: str
    actor: str
    kind: str
    subject: Subject
    value: Json
    step: str
    supersedes: tuple[str, ...]
    target: str | None
    restores: str | None


def rows(disk: sqlite3.Connection, engagement: str, after: int) -> list[Row]:
    """The events after one, read as they are."""
    columns = "seq, id, actor, kind, subject, value, step, supersedes, target, restores"
    found = disk.execute(
        f"SELECT {columns} FROM events WHERE engagement = ? AND seq > ? ORDER BY seq",  # noqa: S608
        (engagement, after),
    ).fetchall()
    if not found:
        return []
    names = dict(disk.execute("SELECT key, name FROM identities").fetchall())
    texts = dict(disk.execute("SELECT key, text FROM details").fetchall())
    return [
        Row(
            seq,
            ident,
            names[actor],
            kind,
            tuple(_open(json.loads(subject), names, texts)),
            _open(json.loads(value), names, texts),
            step,
            tuple(json.loads(supersedes)),
            target,
            restores,
        )
        for seq, ident, actor, kind, subject, value, step, supersedes, target, restores in found
    ]


def _open(value: Json, names: dict[str, str], texts: dict[str, str]) -> Json:
    if isinstance(value, list):
        return [_open(inner, names, texts) for inner in value]
    if isinstance(value, dict):
        if value.keys() == {"@"}:
            return names[value["@"]]
        if value.keys() == {"~"}:
            return texts[value["~"]]
        return {key: _open(inner, names, texts) for key, inner in value.items()}
    return value


def _closes(row: Row) -> bool:
    return row.subject[0] == "round" and bool((row.value or {}).get("closed"))


@dataclass
class Oracle:
    """What the log says so far. `complaints` are what the log itself does wrong."""

    events: dict[str, Row] = field(default_factory=dict)
    heads: dict[Subject, list[Row]] = field(default_factory=dict)
    tokens: Counter[str] = field(default_factory=Counter)
    owners: dict[str, str] = field(default_factory=dict)
    windows: dict[str, str | None] = field(default_factory=dict)
    said: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    aside: dict[str, list[tuple[str, str, Json]]] = field(default_factory=dict)
    """Focal point ↦ what was said of it in no round: with what it came, by whom, what."""
    together: str = ""
    seq: int = 0
    open_round: str | None = None

    def add(self, row: Row) -> None:
        """Take one more event in, and look whether it may be there."""
        if row.seq != self.seq + 1:
            self.complaints.append(f"event {row.seq} comes after {self.seq}")
        if row.id in self.events:
            self.complaints.append(f"{row.id} is there twice")
        self.seq = row.seq
        self.owners.setdefault(row.step, row.actor)
        if row.kind in {"undo", "redo"}:
            self._check_reversal(row)
        if row.kind == "set":
            self._count(row)
        elif row.step != self.together:
            self.together = row.step
        if row.kind == "set" and row.step != self.together:
            self.together = ""
        self.events[row.id] = row
        if row.subject[0] in ABOUT_THE_LOG:
            return
        standing = self.heads.get(row.subject, [])
        if any(map(_closes, standing)):
            return  # a closed round stays as it was closed
        kept = [head for head in standing if head.id not in row.supersedes]
        self.heads[row.subject] = [row] if _closes(row) else [*kept, row]
        self._hear(row)

    def _count(self, row: Row) -> None:
        entries = row.value if isinstance(row.value, list) else [row.value]
        for note in {
            entry["note"] for entry in entries if isinstance(entry, dict) and "note" in entry
        }:
            self.tokens[note] += 1
            if self.tokens[note] > 1:
                self.complaints.append(f"“{note}” is written twice")

    # Undo

    def _check_reversal(self, row: Row) -> None:
        """Undo is one's own, of a step that still stands, and gives back what was before it."""
        undone = self.events.get(row.target or "")
        if undone is None or undone.subject != row.subject or undone.kind != "set":
            self.complaints.append(f"event {row.seq} takes back what is not there")
            return
        if self.owners[undone.step] != row.actor:
            owner = self.owners[undone.step]
            self.complaints.append(f"{row.actor} took back what {owner} did (event {row.seq})")
        expected = undone.value if row.kind == "redo" else self._before(undone, row)
        if row.value != expected:
            self.complaints.append(f"event {row.seq} gives back {row.value}, not {expected}")

    def _before(self, undone: Row, row: Row) -> Json:
        """What its writer saw: an undo that waited may be written after somebody else's change."""
        seen = [self.events[ident] for ident in row.supersedes if ident in self.events]
        standing = [head for head in seen if self._origin(head) == undone.id]
        if not standing:
            self.complaints.append(f"event {row.seq} takes back what does not stand any more")
            return row.value
        others = [head for head in seen if head.value != standing[0].value]
        if others:
            return others[-1].value
        earlier: Row | None = undone
        while earlier is not None and earlier.step == undone.step:
            earlier = self.events.get(earlier.supersedes[0]) if earlier.supersedes else None
        return earlier.value if earlier else None

    @staticmethod
    def _origin(row: Row) -> str | None:
        return row.restores if row.kind in {"undo", "redo"} else row.id

    # Rounds

    def _hear(self, row: Row) -> None:
        """An answer belongs to the round in whose window it was written."""
        if row.subject[0] == "round":
            is_open = bool(row.value) and not row.value.get("closed")
            self.open_round = row.subject[1] if is_open else None
        elif row.subject[0] == "nomination" and self.open_round:
            _, respondent, focal_point = row.subject
            replies = self.said.setdefault(self.open_round, {}).setdefault(focal_point, {})
            # What an undo gives back counts in the round in which it was said, and in no other.
            origin = self._origin(row)
            if (
                row.value is None
                or self.windows.get(origin or "", self.open_round) != self.open_round
            ):
                replies.pop(respondent, None)
            else:
                replies[respondent] = row.value
        elif row.subject[0] == "nomination":
            _, respondent, focal_point = row.subject
            came = self.together or row.id
            self.aside.setdefault(focal_point, []).append((came, respondent, row.value))
        if row.kind in {"set", "created"}:
            self.windows[row.id] = self.open_round

    # What it comes to

    def value(self, subject: Subject) -> Json:
        """What counts of a subject: the value of its last head."""
        heads = self.heads.get(subject)
        return heads[-1].value if heads else None

    def document(self) -> dict[str, Json]:
        """The engagement as one document, as anybody may see it."""
        whole: dict[str, Json] = defaultdict(list)
        for subject in self.heads:
            value, topic = self.value(subject), subject[0]
            if value is None:
                continue
            if topic in SETTINGS:
                whole[SETTINGS[topic]] = value
            elif topic == "scope":
                whole["scope"] = {**(whole.get("scope") or {}), subject[1]: value}
            else:
                name, parts = ELEMENTS[topic]
                known = {part: said for part, said in zip(parts, subject[1:], strict=True) if said}
                entries = value if isinstance(value, list) else [value]
                whole[name] += [{**entry, **known} for entry in entries]
        if whole.get("anonymous"):
            self._hush(whole)
        return dict(whole)

    def _hush(self, whole: dict[str, Json]) -> None:
        asked = {key for said in self.said.values() for key, replies in said.items() if replies}
        voices = []
        for focal_point in {*self.aside} - asked:
            voices += _five_at_a_time(focal_point, self.aside[focal_point])
        for focal_point in asked:
            voices += self._released(focal_point, whole["rounds"])
        whole["nominations"] = voices
        closed = all(asked.get("closed") for asked in whole["rounds"])
        whole["parked"] = [
            {key: said for key, said in item.items() if key != "respondent"}
            for item in whole["parked"]
            if closed or "respondent" not in item
        ]

    def _released(self, focal_point: str, rounds: list[Json]) -> list[Json]:
        """The answers of the last closed round alone that got enough of them."""
        for asked in reversed(rounds):
            replies = self.said.get(asked["id"], {}).get(focal_point, {})
            if asked.get("closed") and _answers(replies) >= asked.get("small_group", 5):
                return _entries(focal_point, replies)
        return []


def _answers(replies: dict[str, Json]) -> int:
    return sum(
        any(entry.get("state", "answered") == "answered" for entry in value or [])
        for value in replies.values()
    )


def _entries(focal_point: str, replies: dict[str, Json]) -> list[Json]:
    return [
        {**entry, "respondent": respondent, "focal_point": focal_point}
        for respondent, value in replies.items()
        for entry in value
    ]


def _five_at_a_time(focal_point: str, said: list[tuple[str, str, Json]]) -> list[Json]:
    """What is told of what came in no round: those who were told, five or more at once."""
    told: list[dict[str, Json]] = []
    news: dict[str, Json] = {}
    known: dict[str, Json] = {}
    for number, (came, respondent, value) in enumerate(said):
        if value == known.get(respondent):
            news.pop(respondent, None)
        else:
            news[respondent] = value
        if number + 1 < len(said) and said[number + 1][0] == came:
            continue
        while gone := next((group for group in told if all(who in news for who in group)), None):
            told.remove(gone)
        strangers = {who for who in news if not any(who in group for group in told)}
        newcomers = {who: news[who] for who in strangers if news[who] is not None}
        if _answers(newcomers) >= FEW:
            told.append(newcomers)
            known.update(newcomers)
            strangers = set(newcomers)
        else:
            strangers -= newcomers.keys()
        news = {who: value for who, value in news.items() if who not in strangers}
    return [entry for group in told for entry in _entries(focal_point, group)]


def opened(file: Path) -> sqlite3.Connection:
    """The database, to be looked at from outside."""
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
