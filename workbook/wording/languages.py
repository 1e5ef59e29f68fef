"""What a reader is told where a framework lacks their language (`i18n.chosen` picks a peer)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.i18n import base, chosen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.i18n import Voice


def language_note(languages: Iterable[str], voice: Voice) -> str:
    """One sentence where none of a framework's languages is the reader's; blank where one is."""
    shown = chosen(voice.language, languages)
    if base(shown) == base(voice.language):
        return ""
    return voice.t(
        "This framework has no texts in {language}; those in {shown} are shown.",
        language=voice.name_of(voice.language),
        shown=voice.name_of(shown),
    )
