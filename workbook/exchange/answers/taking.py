"""Answers of a form into an engagement: nominations and answers of each respondent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbook.errors import BadInput, Problem
from workbook.exchange.answers.columns import Column, Targets, read_columns
from workbook.exchange.answers.form import Target, TargetKind, form_questions
from workbook.exchange.answers.parties import NamedParties
from workbook.exchange.answers.replies import Entry, Replies, Reply
from workbook.exchange.answers.values import CellValues
from workbook.exchange.listing import read_listing
from workbook.exchange.request import Recipient
from workbook.exchange.subjects import Taking
from workbook.exchange.tables.grid import Grid
from workbook.exchange.tables.words import fold
from workbook.i18n import voice
from workbook.model.engagement import NOBODY, NONE, VACANT
from workbook.scoring.titles import recogniser
from workbook.store import Change, Json, Subject
from workbook.workshop import current_round
from workbook.workspace import free_key


def targets_of(recipient: Recipient) -> Targets:
    """What the columns of a form for this engagement can be about."""
    asked = form_questions(recipient.rules, recipient.engagement, voice("en"), deputies=True)
    return Targets(recipient.rules, [question.target for question in asked])


def take_answers(
    file: Path,
    grids: Sequence[Grid],
    recipient: Recipient,
    chosen: Mapping[str, str],
) -> Taking:
    """What everybody says in a form, the later of two replies; BadInput names every bad cell."""
    targets = targets_of(recipient)
    listing = read_listing(file, grids, targets.heading, (), {})
    headings, below = listing.rows[listing.index], listing.rows[listing.index + 1 :]
    columns = read_columns(headings, below, targets, chosen)
    if not any(isinstance(column, Target) for column in columns):
        fix = "write --map “HEADING=SUBJECT”, or send the questions of workbook forms"
        message = "no column is a question of this engagement"
        raise BadInput(Problem(message, fix, file=str(file)))
    listing = replace(listing, columns=[*_shown(headings, columns, targets)])
    replies = Replies.of(headings, columns, listing.numbered())
    latest, replaced = replies.latest()
    parties = NamedParties(recipient.engagement, recogniser(recipient.rules), chosen)
    values = CellValues(file, recipient, chosen, day_first=replies.day_first)
    speaking = Speaking(recipient, parties, values)
    for reply in latest:  # who answers is known before anybody is named, whatever the order
        speaking.person(reply)
    changes = [change for reply in latest for change in speaking.changes(reply)]
    if values.problems:
        raise BadInput(values.problems)
    return Taking(
        mapping=listing.mapping,
        preview=tuple(_preview(reply) for reply in latest),
        questions=(
            *(f"row {old.number}: answered again in row {new.number}" for old, new in replaced),
            *(f"row {row.number}: no time can be read" for row in latest if row.time is None),
            *parties.remarks.values(),
            *speaking.kept,
        ),
        unused=listing.unused(
            (
                *(f"row {row.number}: nothing is answered" for row in latest if not row.entries),
                *values.left_out,
            )
        ),
        changes=(*parties.changes, *changes),
        confirmed=frozenset(speaking.confirmed),
    )


def _shown(headings: Sequence[str], columns: Sequence[Column], targets: Targets) -> Iterator[str]:
    """What each column was read as; blank for one that was not."""
    for heading, column in zip(headings, columns, strict=True):
        if isinstance(column, Target):
            yield column.name if targets.exact(heading) else f"{column.name} (other words)"
        else:
            yield column or ""


def _preview(reply: Reply) -> str:
    count = len(reply.entries)
    who = reply.name or reply.email or "anonymous"
    return f"row {reply.number}, {who}: {count} answer{'' if count == 1 else 's'}"


class Speaking:
    """Turns replies into changes; `kept` says what an older reply does not replace.

    Whoever sends an answer of theirs again while a round is open has `confirmed` it in that round.
    """

    def __init__(self, recipient: Recipient, parties: NamedParties, values: CellValues) -> None:
        self._recipient, self._parties, self._values = recipient, parties, values
        respondents = recipient.engagement.respondents
        self._known = {fold(r.person or r.name or r.id): r.id for r in respondents}
        self._ids = {respondent.id for respondent in respondents}
        self.kept: list[str] = []
        self.confirmed: list[Subject] = []
        self._round = current_round(recipient.engagement)
        self._voices = recipient.voices(self._round.id) if self._round else {}

    def changes(self, reply: Reply) -> Iterator[Change]:
        """The respondent and everything that the reply says."""
        if not reply.entries:
            return
        person = self.person(reply)
        name = person or reply.email or reply.key
        key = self._known.get(fold(name))
        if key is None:
            key = free_key(name, frozenset(self._ids))
            self._known[fold(name)] = key
            self._ids.add(key)
            yield Change(("respondent", key), {"person": person} if person else {"name": name})
        yield from self._answers(reply, key)
        yield from self._nominations(reply, key, person)

    def person(self, reply: Reply) -> str | None:
        """The id of who answers, taken in if nobody has that name; None for somebody nameless."""
        person = self._parties.person(reply.name, reply.email)
        if person is None and reply.name and reply.entries:
            person = self._parties.newcomer(reply.name, reply.email)
        return person

    def _answers(self, reply: Reply, respondent: str) -> Iterator[Change]:
        for entry in reply.entries:
            target = entry.target
            if target.kind is TargetKind.ANSWER:
                value = self._values.answer(reply, entry)
                subject = ("answer", target.key, target.instance or "", respondent)
                if value is not None and self._is_news(subject, reply):
                    yield Change(subject, value | _day(reply))

    def _nominations(self, reply: Reply, respondent: str, person: str | None) -> Iterator[Change]:
        owners = {
            entry.target.key: self._owners(reply, entry, person)
            for entry in reply.entries
            if entry.target.kind is TargetKind.OWNER
        }
        for entry in reply.entries:
            if entry.target.kind is TargetKind.DEPUTY:
                self._stand_in(reply, entry, person, owners.get(entry.target.key, []))
        for focal_point, nominations in owners.items():
            subject = ("nomination", respondent, focal_point)
            if nominations and self._is_news(subject, reply):
                if self._is_of_round(reply) and respondent not in self._voices.get(focal_point, ()):
                    self.confirmed.append(subject)
                others = [n for n in self._standing(subject) if n.get("role", "A") != "A"]
                yield Change(subject, [n | _day(reply) for n in nominations] + others)

    def _owners(self, reply: Reply, entry: Entry, person: str | None) -> list[dict[str, Json]]:
        if state := self._values.state(entry):
            return [state]
        return [{"party": party} for party in self._named(reply, entry, person)]

    def _stand_in(
        self, reply: Reply, entry: Entry, person: str | None, nominations: list[dict[str, Json]]
    ) -> None:
        """Write a deputy beside the owner that the same reply names."""
        if self._values.state(entry):
            return
        first, *others = (*self._named(reply, entry, person), "")
        if len(nominations) != 1 or "party" not in nominations[0]:
            reason = "a deputy without one owner in the same row"
            self._values.leave_out(reply, entry, reason)
        elif first:
            nominations[0]["deputy"] = NONE if first in (NOBODY, VACANT) else first
        if any(others):
            self._values.leave_out(reply, entry, "only the first deputy is taken")

    def _named(self, reply: Reply, entry: Entry, person: str | None) -> tuple[str, ...]:
        parties = self._parties.named(entry.text, person)
        if parties is None:
            fix = "write a name there, or --map “TEXT=PERSON”"
            self._values.refuse(reply, entry, "says “me”, and the row has no name", fix)
        elif not parties:
            self._values.leave_out(reply, entry, "left out by --map")
        return parties or ()

    def _standing(self, subject: Subject) -> list[dict[str, Json]]:
        value = self._recipient.value(subject)
        return value if isinstance(value, list) else [value] if value else []

    def _is_of_round(self, reply: Reply) -> bool:
        """Whether it was sent while the round was open: an older row of the file confirms nothing.

        A form's time has no zone: it is the time of this place.
        """
        if self._round is None or self._round.closed or reply.time is None:
            return False
        return reply.time >= self._round.opened.astimezone().replace(tzinfo=None, microsecond=0)

    def _is_news(self, subject: Subject, reply: Reply) -> bool:
        """Whether nothing later was recorded of the same respondent."""
        days = [value["on"] for value in self._standing(subject) if value.get("on")]
        day = _day(reply).get("on", "")
        if all(day >= other for other in days):
            return True
        self.kept.append(f"{'/'.join(filter(None, subject[1:]))} stays as of {max(days)}")
        return False


def _day(reply: Reply) -> dict[str, Json]:
    return {"on": reply.time.date().isoformat()} if reply.time else {}
