"""Opening a screen from a notebook: parameters as text in, the screen out."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from workbook.dates import day
from workbook.i18n import voice
from workbook.widgets.conversation import Conversation
from workbook.widgets.views.frame import REVIEW, START

if TYPE_CHECKING:
    from workbook.model.rules import Rules
    from workbook.widgets.respondent.notebook import Questionnaire, RespondentScreen
    from workbook.widgets.screen import Screen

LANGUAGE = "WORKBOOK_LANG"
RESPONDENT = "WORKBOOK_RESPONDENT"


def guide(step: str, *, engagement: str = "", lang: str = "", as_of: str = "") -> Screen:
    """The guided screen at a step: `start`, an area's key, or `review`.

    `engagement` is a key of the workspace, an example's name or the path of a document; empty: the
    last one opened. `lang` is `en` or `fr`; empty: `WORKBOOK_LANG`, else the engagement's own.
    `as_of` is an ISO date; empty: `WORKBOOK_AS_OF`, else today. BadInput names what is wrong.
    """
    from workbook.widgets.screen import Screen

    screen = Screen(converse(step, engagement=engagement, lang=lang, as_of=as_of))
    # Libraries stay. Looking through them for garbage would hold a keystroke up for 80 ms.
    gc.freeze()
    return screen


def respond(
    respondent: str = "", *, engagement: str = "", lang: str = "", as_of: str = ""
) -> RespondentScreen | Questionnaire:
    """The page of one respondent, named by id or name; without one, a blank questionnaire.

    `respondent` is else `WORKBOOK_RESPONDENT`; `lang` is else `WORKBOOK_LANG`, else the language of
    who answers. The other parameters are those of `guide`. BadInput names what is wrong.
    """
    from workbook.widgets.respondent.notebook import respondent_screen
    from workbook.workspace import Workspace

    session = Workspace.at().open(engagement or None)
    wanted = respondent or os.environ.get(RESPONDENT, "")
    screen = respondent_screen(session, wanted, lang or os.environ.get(LANGUAGE, ""), day(as_of))
    gc.freeze()
    return screen


def converse(step: str, *, engagement: str = "", lang: str = "", as_of: str = "") -> Conversation:
    """The conversation behind `guide`, without a widget."""
    from workbook.workspace import Workspace

    workspace = Workspace.at()
    lang = lang or os.environ.get(LANGUAGE, "")
    language = voice(lang).language if lang else None
    choose = step == "start" and not engagement and "WORKBOOK_ENGAGEMENT" not in os.environ
    session = None if choose else workspace.open(engagement or None)
    if session:
        step = _step_of(session.rules, step)
    return Conversation(workspace, session, as_of=day(as_of), step=step, language=language)


def _step_of(rules: Rules, step: str) -> str:
    """The step itself, or the first area where the engagement's framework has no such area.

    Our notebooks are named after one framework's areas; they open engagements of any.
    """
    areas = [area.key for area in rules.areas]
    return step if step in (START, *areas, REVIEW) else areas[0]
