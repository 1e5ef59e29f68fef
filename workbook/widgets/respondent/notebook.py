"""The respondent's page in a notebook: live in Lab and Voila, else the printed questionnaire."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.fragments.styles import respondent_stylesheet, screen_fonts
from workbook.i18n import voice
from workbook.model.engagement import Respondent
from workbook.scoring.identity_cache import IdentityCaches
from workbook.widgets.front import respondent_module
from workbook.widgets.moment import Saving
from workbook.widgets.respondent.conversation import RespondentConversation
from workbook.widgets.respondent.desk import Desk
from workbook.widgets.respondent.page import AnswerSheet, whole
from workbook.widgets.respondent.printed import printed_page, printed_summary
from workbook.widgets.screen import LiveScreen
from workbook.workshop import language_of, respondent_named

if TYPE_CHECKING:
    from markupsafe import Markup

    from workbook.widgets.registry import Message
    from workbook.widgets.views.scene import View
    from workbook.workspace import Session

LINE = "…" * 12
"""Where a name is written by hand."""


def respondent_screen(
    session: Session, respondent: str, language: str, today: dt.date
) -> RespondentScreen | Questionnaire:
    """The page of a respondent in a language, by default their own; a blank one without any."""
    desk = Desk(session)
    if not respondent:
        spoken = voice(language or session.engagement.language).language
        return Questionnaire(blank(desk, spoken))
    asked = respondent_named(session.engagement, respondent, "respondent")
    spoken = voice(language or language_of(session.engagement, asked)).language
    return RespondentScreen(_Seat(desk, asked.id, today, spoken))


def blank(desk: Desk, language: str) -> View:
    """The page of nobody yet: every subject, and a line for a name."""
    speaker = voice(language)
    sheet = AnswerSheet(
        respondent=Respondent(id="blank", name=LINE),
        answers={},
        spoken=frozenset(),
        owned=(),
        saving=Saving(),
        cache=IdentityCaches(),
    )
    return whole(desk.facts, sheet, desk.words(speaker), desk.parties(speaker), speaker)


class _Seat:
    """A respondent's conversation in a kernel of its own, which looks at the store itself."""

    def __init__(self, desk: Desk, respondent: str, today: dt.date, language: str) -> None:
        self.session = desk.session
        self._talk = RespondentConversation(desk, respondent, lambda: today, language)
        self.view = self._talk.view

    def reply(self, message: Message, _: View) -> View:
        """What to show after a message."""
        if message.get("do") == "poll":
            self.session.refresh()
        self._talk.hear(message)
        return self._talk.view()

    def hand_over(self) -> None:
        """A respondent takes no file along."""


class RespondentScreen(LiveScreen):
    """Shows a respondent's conversation."""

    _esm = respondent_module()
    _css = screen_fonts() + respondent_stylesheet()

    def printed(self) -> tuple[str, Markup]:
        """The questionnaire with what was answered."""
        return printed_summary(self.view), printed_page(self.view)


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire to print; nobody answers it on a screen."""

    view: View

    def __repr__(self) -> str:
        return printed_summary(self.view)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": str(printed_page(self.view))}
