"""A returned list of tasks into an engagement: status, owner and due date of each action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from workbook.exchange.answers.moments import day_comes_first, moment_of
from workbook.exchange.listing import Listing
from workbook.exchange.people.cells import Cells
from workbook.exchange.request import Recipient
from workbook.exchange.subjects import Taking
from workbook.exchange.tables.words import fold
from workbook.exchange.tasks.columns import status_of
from workbook.exchange.tasks.task import MARK
from workbook.model.engagement import ActionStatus
from workbook.store import Change, Json


def take_tasks(listing: Listing, recipient: Recipient, today: dt.date) -> Taking:
    """What a returned list reports; a row without our key is listed."""
    reader = _Tasks(listing, recipient, today)
    changes = [
        change for number, cells in listing.numbered() for change in reader.take(number, cells)
    ]
    return Taking(
        mapping=listing.mapping,
        preview=tuple(reader.preview),
        questions=tuple(reader.questions),
        unused=listing.unused(reader.unused),
        changes=tuple(changes),
    )


@dataclass
class _Tasks:
    """Reads rows, and keeps what is said of them."""

    listing: Listing
    recipient: Recipient
    today: dt.date
    preview: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = self.listing.rows[self.listing.index + 1 :]
        due = [self._held(row).get("due", "") for row in rows]
        self._day_first = day_comes_first(due, usual=True)
        engagement = self.recipient.engagement
        self._parties = {fold(party.name): key for key, party in engagement.parties().items()}
        self._parties |= {fold(p.email): p.id for p in engagement.people if p.email}
        self._known = {task.action: task for task in self.recipient.tasks()}

    def take(self, number: int, cells: Cells) -> Iterator[Change]:
        """What a row reports of its action."""
        text = " · ".join(filter(None, cells))
        mark = MARK.search(text)
        held = self._held(cells)
        title = held.get("title", text)[:80]
        if mark is None:
            self.unused.append(f"row {number}, {title}: has no key of ours")
            return
        engagement, action = mark.groups()
        kind = action.partition("/")[0]
        if engagement != self.recipient.engagement.key:
            self.unused.append(f"row {number}, {title}: belongs to the engagement {engagement}")
        elif kind != "ask" and kind not in self.recipient.rules.actions:
            self.unused.append(f"row {number}, {title}: there is no action “{action}”")
        else:
            if action not in self._known and not self.recipient.value(("action", action)):
                self.questions.append(f"row {number}: nothing calls for “{action}” now")
            value = self._reported(number, action, held)
            facts = (f"{name} {fact}" for name, fact in value.items() if name not in ("gain", "on"))
            self.preview.append(f"{title}: {', '.join(facts) or 'as it was'}")
            if value:
                yield Change(("action", action), value)

    def _held(self, cells: Cells) -> dict[str, str]:
        """The cells by their column; of two columns of one kind the first that holds something."""
        held: dict[str, str] = {}
        for key, text in zip(self.listing.columns, cells, strict=False):
            if key and text:
                held.setdefault(key, text)
        return held

    def _reported(self, number: int, action: str, held: Mapping[str, str]) -> dict[str, Json]:
        """The whole value of an action; empty where the row says what went out, and no more."""
        before = self.recipient.value(("action", action)) or {}
        task = self._known.get(action)
        status, completed = self._status(number, held)
        sent = (fold(task.who), fold(task.email)) if task else ()
        owner, due = self._owner(number, held, sent), self._due(number, held)
        fresh: dict[str, Json] = {
            "status": status.value if status else None,
            "owner": owner,
            "due": due.isoformat() if due else None,
        }
        value = before | {name: fact for name, fact in fresh.items() if fact}
        if not before and task and _as_sent(value, task.owner, task.due):
            return {}
        if value.get("status") != before.get("status"):
            value["on"] = (completed or self.today).isoformat()
        if "gain" not in value and task and task.gain is not None:
            value["gain"] = round(task.gain, 1)
        return value

    def _status(
        self, number: int, held: Mapping[str, str]
    ) -> tuple[ActionStatus | None, dt.date | None]:
        """The status, and the day on which a task was completed where the list has it."""
        text, completed = held.get("status", ""), held.get("completed", "")
        moment = moment_of(completed, day_first=self._day_first) if completed else None
        status = status_of(text) if text else None
        if completed and status is not ActionStatus.DROPPED:
            status = ActionStatus.DONE
        elif text and status is None and "completed" not in self.listing.columns:
            self.questions.append(f"row {number}: nobody knows the status “{text}”")
        elif text and status is None:
            status = ActionStatus.OPEN  # the column of a board is no status of its own
        return status, moment.date() if moment else None

    def _owner(self, number: int, held: Mapping[str, str], sent: Collection[str]) -> str | None:
        """The first who is known here; anybody else is asked about, unless the text went out so."""
        texts = [held[key] for key in ("email", "owner") if key in held]
        pieces = [piece.strip() for text in texts for piece in text.split(";") if piece.strip()]
        for piece in pieces:
            if fold(piece) not in self._parties and fold(piece) not in sent:
                self.questions.append(f"row {number}: nobody here is “{piece}”")
        return next((self._parties[fold(p)] for p in pieces if fold(p) in self._parties), None)

    def _due(self, number: int, held: Mapping[str, str]) -> dt.date | None:
        text = held.get("due", "")
        moment = moment_of(text, day_first=self._day_first) if text else None
        if text and moment is None:
            self.questions.append(f"row {number}: “{text}” is no date that can be read")
        return moment.date() if moment else None


def _as_sent(value: Mapping[str, Json], owner: str | None, due: dt.date) -> bool:
    """Whether a row says nothing but what went out."""
    return (
        value.get("status", ActionStatus.OPEN) == ActionStatus.OPEN
        and value.get("owner") in (None, owner)
        and value.get("due") in (None, due.isoformat())
    )
