"""What pages and boards say over their lines: messages from memory, by the hundred thousand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.badinput.drawn import messages
from tests.badinput.quick import JSON_WORDS, ODD, SMALL, noise, small
from tests.badinput.readers import MESSAGES, TODAY
from tests.badinput.trying import QuickReader
from workbook.serve.host.lines import _message, _unpacked
from workbook.store import StoreAway, fold
from workbook.widgets.conversation import Conversation
from workbook.widgets.registry import COMMANDS, BadMessage, Registry
from workbook.widgets.respondent import Desk, RespondentConversation
from workbook.widgets.respondent.commands import COMMANDS as ANSWERS
from workbook.workspace import Session, Workspace

MOST = 8
"""Messages of one input."""
SAID = (
    {"do": "nominate", "focal_point": "promotions", "set": {"party": "bo", "note": "x"}},
    {"do": "decide", "focal_point": "oms", "set": {"owner": "ana"}, "edit": "a"},
    {"do": "answer", "question": "ready_date", "instance": "erp", "set": {"value": "2027-01-01"}},
    {"do": "map", "focal_point": "oms", "party": "ana", "roles": "A", "remove": False},
    {"do": "person", "id": "bo", "set": {"title": "CEO"}},
    {"do": "facts", "about": "programme", "set": {"go_live": "2027-05-01"}},
    {"do": "timetable", "minutes": 60, "begun": True},
    {"do": "plan", "target": "80", "budget": 10},
    {"do": "park", "id": "a", "text": "b"},
    {"do": "import", "text": "Ana Ruiz\tCTO\nBo Lind\tCEO"},
    {"do": "import_as", "kind": "people", "chosen": {"A": "name"}, "same": {"1": True}},
    *({"do": name} for name in ("try", "keep", "undo", "import_record", "close_engagement")),
)


class Board(Conversation):
    """A board that hands nothing out: documents have tests of their own, and take seconds."""

    def _packed(self, _: object) -> None:
        return None


Page = RespondentConversation | Conversation


class Line:
    """Lines of messages to a page: each input finds the small engagement as it was."""

    def __init__(self, folder: Path, begin: Callable[[Workspace, Session], Page]) -> None:
        small(folder)
        self._store, self._good = folder / "workbook.db", folder / "good.db"
        shutil.copy(self._store, self._good)
        self._workspace, self._begin = Workspace.at(folder), begin
        self._session: Session | None = None

    def read(self, raw: bytes) -> None:
        """Say every line; what the page shows then can be sent, and what was said is saved."""
        session = self._session or self._anew()
        self._session = None  # whatever becomes of it
        page, before = self._begin(self._workspace, session), session.revision
        shown = _lasting(page.state)
        refused = said_to(page, raw)
        if session.revision != before or _lasting(page.state) != shown:
            json.dumps(page.view(), allow_nan=False)
        for each in {session, getattr(page, "session", None)} - {None}:
            saved(each)
        if session.revision == before and self._store.stat().st_mtime_ns == self._stamp:
            self._session = session
        else:
            for key in self._workspace.store.engagements():
                fold(self._workspace.store.events(key))
        if refused:
            raise refused

    def _anew(self) -> Session:
        shutil.copy(self._good, self._store)
        session = self._workspace.open(SMALL)
        session._journal._save_later = lambda: None  # all is saved before the input is over
        self._stamp = self._store.stat().st_mtime_ns
        return session


def said_to(page: Page, raw: bytes) -> BadMessage | None:
    """The last of the messages that was none."""
    refused = None
    for text in raw.split(b"\n")[:MOST]:
        try:
            page.hear(_unpacked(_message(text)))
        except BadMessage as error:
            refused = error
    return refused


def _lasting(state: Any) -> object:
    """What stands on a page beside the notice of its last command."""
    counted = {"refused": 0} if hasattr(state, "refused") else {}
    return replace(state, notice=None, **counted)


def saved(session: Session) -> None:
    """Whatever was taken is also written."""
    try:
        session.flush()
    except StoreAway as away:
        raise AssertionError(f"it is never saved: {away}") from away


def _page(_: Workspace, session: Session) -> Page:
    return RespondentConversation(Desk(session), session.engagement.respondents[0].id, _today)


def _today() -> object:
    return TODAY


def _board(workspace: Workspace, session: Session) -> Page:
    return Board(workspace, session, as_of=TODAY)


def _reader(
    folder: Path, begin: Callable[[Workspace, Session], Page], among: Registry
) -> QuickReader:
    texts = [json.dumps(message).encode() for message in (*MESSAGES, *SAID)]
    fields = {f'"{field}": ' for command in among.values() for field in command.fields}
    words = (
        *(f'{{"do": "{name}"' for name in among),
        *sorted(fields),
        '"ana"',
        '"oms"',
        '\n{"do": ',
    )
    line = Line(folder, begin)
    return QuickReader(line.read, tuple(texts), (*words, *JSON_WORDS, *ODD), longest=500)


def page(folder: Path) -> QuickReader:
    """Messages of a respondent's page."""
    return _reader(folder, _page, ANSWERS)


def board(folder: Path) -> QuickReader:
    """Messages of a board."""
    return _reader(folder, _board, COMMANDS)


def page_drawn(folder: Path) -> QuickReader:
    """Messages of a respondent's page whose fields are mostly of their kind."""
    return page(folder)._replace(seeds=noise(), drawn=messages(ANSWERS, NAMES))


def board_drawn(folder: Path) -> QuickReader:
    """Messages of a board whose fields are mostly of their kind."""
    return board(folder)._replace(seeds=noise(), drawn=messages(COMMANDS, NAMES))


NAMES = (
    *(
        "ana",
        "bo",
        "web-team",
        "agency",
        "nobody",
        "vacant",
        "r1",
        "r2",
        "oms",
        "erp",
        "promotions",
    ),
    *("checkpoint_cadence", "checkpoint_calendar", "ready_date", "monthly", "2027-01-01", "person"),
    *("review", "start", "actions", "map", "workshop", "signoff", "A", "RC", "systems", "seats"),
    *("en", "fr", "de", "acme", "fernhill-supply", "large", "b2b", "accepted", "declined", "high"),
    *("unknown", "not_applicable", "Zoé Marchand", "overall", "experience/named", "a", "b"),
)
