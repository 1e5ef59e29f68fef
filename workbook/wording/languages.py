"""What a reader is told where a framework lacks their language (`i18n.chosen` picks a peer)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.i18n import base, chosen

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.model.framework import Framework


def language_note(framework: Framework, voice: Voice) -> str:
    """One sentence where the framework's texts are in another language than all else; else blank.

    Only a sentence: the framework stays as good as ever, and nothing of it is translated here.
    """
    shown = chosen(voice.language, framework.languages)
    if base(shown) == base(voice.language):
        return ""
    return voice.t(
        "This framework has no texts in {language}; those in {shown} are shown.",
        language=voice.name_of(voice.language),
        shown=voice.name_of(shown),
    )
