"""A conversation between one respondent's page and the host: answers in, view model out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook.errors import BadInput
from workbook.i18n import speaks, voice
from workbook.scoring.identity_cache import IdentityCaches
from workbook.widgets.moment import Saving
from workbook.widgets.registry import Message, entry_of
from workbook.widgets.respondent import commands
from workbook.widgets.respondent.commands import Asking, PageState, Said
from workbook.widgets.respondent.page import AnswerSheet, whole

if TYPE_CHECKING:
    from workbook.model.engagement import Decision
    from workbook.store import Json
    from workbook.widgets.respondent.desk import Desk
    from workbook.widgets.views.scene import View


class RespondentConversation:
    """One respondent's page. Knows this respondent's answers and nobody else's.

    UnknownRespondent, from every call, once the respondent is gone or has withdrawn.
    """

    def __init__(
        self, desk: Desk, respondent: str, today: Callable[[], dt.date], language: str = ""
    ) -> None:
        self._desk = desk
        self._key = respondent
        self._today = today
        spoken = language if speaks(language) else desk.facts.engagement.language
        self.state = PageState(language=spoken)
        self._shown: tuple[tuple[object, ...], View] | None = None
        self._subjects: IdentityCaches[View] = IdentityCaches()
        desk.respondent(respondent)

    def hear(self, message: Message) -> bool:
        """Do what a message says; whether something is to be written. BadMessage if it is none.

        A message with a token, `once`, is written once however often it comes: a page says again
        what was not answered when its line broke, also to a host that was started anew.
        """
        entry = entry_of(message, commands.COMMANDS)
        fields = entry.read(message)
        self._desk.respondent(self._key)
        if message["do"] == "poll":
            return False  # comes every second from every page
        self.state = replace(self.state, notice=None)
        try:
            outcome: Said = entry.handler(self.state, self._asking(), **fields)
            if outcome.changes:
                self._desk.session.record(
                    *outcome.changes, later=True, actor=self._key, once=message.get("once")
                )
        except BadInput as bad:
            text = " ".join(problem.message for problem in bad.problems)
            self.state = replace(self.state, notice=text)
            return False
        self.state = outcome.state
        return bool(outcome.changes)

    def _asking(self) -> Asking:
        return Asking(
            facts=self._desk.facts,
            respondent=self._key,
            answers=self._answers(),
            owned=self._owned(),
            decisions=self._desk.session.part("decisions"),
            as_of=self._today(),
            voice=voice(self.state.language),
        )

    def _owned(self) -> tuple[Decision, ...]:
        return self._desk.owned(self._desk.respondent(self._key))

    def _answers(self) -> dict[str, Json]:
        """Every focal point that the respondent has an answer for now."""
        asked = self._desk.facts.asked(self._desk.respondent(self._key))
        values = (
            (f.key, self._desk.session.value(("nomination", self._key, f.key))) for _, f in asked
        )
        return {key: value for key, value in values if value}

    def _spoken(self, answers: dict[str, Json]) -> frozenset[str]:
        """What was answered in this round; an answer of the round before waits to be confirmed."""
        asked = self._desk.facts.round
        if asked is None:
            return frozenset()
        voices = self._desk.session.round_log(asked.id).voices
        return frozenset(key for key in answers if self._key in voices.get(key, ()))

    def view(self) -> View:
        """Everything that the page shows now; the very same while nothing has changed."""
        facts, speaker = self._desk.facts, voice(self.state.language)
        answers, owned, saving = self._answers(), self._owned(), self._saving()
        spoken = self._spoken(answers)
        rests_on = (facts, self.state, saving, owned, spoken, *answers.values())
        if self._shown and _same(self._shown[0], rests_on):
            return self._shown[1]
        mine = AnswerSheet(
            respondent=self._desk.respondent(self._key),
            answers=answers,
            spoken=spoken,
            owned=owned,
            saving=saving,
            cache=self._subjects,
            notice=self.state.notice,
        )
        view = whole(facts, mine, self._desk.words(speaker), self._desk.parties(speaker), speaker)
        self._shown = (rests_on, view)
        return view

    def _saving(self) -> Saving:
        session, asked = self._desk.session, self._desk.facts.round
        waiting = sum(event.actor == self._key for event in session.pending)
        last = session.round_log(asked.id).last.get(self._key) if asked else None
        return Saving(waiting, session.trouble is not None, last)


def _same(parts: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(parts) == len(others) and all(
        a is b or (a == b and not isinstance(a, dict | list))
        for a, b in zip(parts, others, strict=True)
    )
