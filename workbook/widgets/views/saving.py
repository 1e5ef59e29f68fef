"""The honest "saved" sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.i18n import Voice
from workbook.widgets.views.scene import View

if TYPE_CHECKING:
    from workbook.widgets.moment import Saving


def saved_view(saving: Saving, voice: Voice) -> View:
    """Saved and when; being saved; or kept here because the store cannot be reached."""
    t = voice.t
    if saving.away:
        text = _away(voice, saving.waiting)
        return {**_sign("away", "not", "○", text), "kept": saving.waiting}
    if saving.waiting:
        return _sign("saving", "unknown", "◌", t("Saving…"))
    if saving.saved_at is None:
        return _sign("nothing", "unknown", "○", t("Nothing to save yet"))
    text = t("Saved {time}", time=voice.time(saving.saved_at.astimezone()))
    return _sign("saved", "ready", "●", text)


def _sign(state: str, tone: str, sign: str, text: str) -> View:
    return {"state": state, "tone": tone, "sign": sign, "text": text}


def _away(voice: Voice, waiting: int) -> str:
    if not waiting:
        return voice.t("We cannot save now. What you say is kept here and saved as soon as we can.")
    return voice.n(
        "Not saved yet: we cannot save now. One change is kept here until we can.",
        "Not saved yet: we cannot save now. {count} changes are kept here until we can.",
        waiting,
    )
