"""The fixed words of a respondent's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.model.engagement import NOBODY, Confidence
from workbook.widgets.views.words import frame_words, party_words
from workbook.wording.fields import field_names, value_names
from workbook.wording.headings import asking, headings

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.widgets.views.scene import View


def words(voice: Voice) -> View:
    """Every fixed text that a respondent's page shows."""
    t, names, asked = voice.t, value_names(voice), asking(voice)
    return {
        "fields": field_names(voice),
        **frame_words(voice),
        **party_words(voice),
        "confidences": [{"key": key, "title": names[key]} for key in Confidence],
        "begin": headings(voice)["begin"],
        "still": t("I still say so"),
        "all_subjects": t("All subjects"),
        "who_owns": asked["who_owns"],
        "i_do": t("I do"),
        "nobody": names[NOBODY],
        "dont_know": asked["dont_know"],
        "ask_other": t("Ask somebody else…"),
        "ask_whom": t("Who would know?"),
        "note_ask": t("Anything the room should know?"),
        "missing": asked["missing"],
        "missing_what": asked["missing_what"],
        "send": t("Send"),
        "not_answered": t("not answered"),
        "thanks": t("Thank you"),
        "accept": t("I take it on"),
        "decline": t("I decline"),
        "yours": t("What is yours"),
        "review_hint": t("You can see and change your answers until the round closes."),
        "receipt": t("Receipt"),
        "offline": t("No connection: what you say is kept here and sent as soon as it is back."),
        "full": t("So many pages are open that this one waits. It goes on by itself."),
        "noted": t("Noted: the room will talk about it."),
        "kept_here": t("Kept on this device, and nowhere else yet"),
        "kept_nowhere": t(
            "This browser keeps nothing: save your answers before you close the page."
        ),
        "send_back": t(
            "Save your answers as a file and send it back, or copy them as text into a mail."
        ),
        "save_answers": t("Save my answers"),
        "copy_text": t("Copy as text"),
        "leave_code": t("Please leave what follows as it is:"),
        "gone": asked["link_over"],
    }
