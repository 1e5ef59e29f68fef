"""What a departure leaves behind, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workbook.i18n import Voice
from workbook.scoring.departure import Departure
from workbook.wording.phrases import Phrases
from workbook.wording.states import Tone


class DepartureLine(NamedTuple):
    """What becomes of a subject; `heir` stands in for its owner."""

    key: str
    text: str
    tone: Tone
    sign: str
    heir: str = ""


def leaving_title(phrases: Phrases, person: str) -> str:
    """What heads a departure."""
    return phrases.voice.t("If {name} leaves", name=phrases.party_label(person))


def nobody_owns(voice: Voice) -> str:
    """What stands where there are no owners."""
    return voice.t("Nobody owns anything yet.")


def departure_lines(phrases: Phrases, left: Departure) -> Iterator[DepartureLine]:
    """Every subject that is touched, the worst first."""
    t = phrases.voice.t
    heirs = dict(left.inherited)
    kinds: tuple[tuple[tuple[str, ...], str, Tone, str], ...] = (
        (left.orphaned, t("loses its owner"), "not", "○"),
        (tuple(heirs), "", "nearly", "◆"),
        (left.unsettled, t("no longer has a single owner"), "risk", "≠"),
        (left.unbacked, t("loses its deputy"), "risk", "▲"),
    )
    for keys, text, tone, sign in kinds:
        for key in keys:
            heir = heirs.get(key, "")
            stands_in = t("{name} stands in", name=phrases.party_label(heir)) if heir else text
            yield DepartureLine(key=key, text=stands_in, tone=tone, sign=sign, heir=heir)


def departure_lead(phrases: Phrases, left: Departure) -> str:
    """How much loses its owner or deputy, in a sentence or two."""
    v = phrases.voice
    ownerless, unbacked = len(left.orphaned) + len(left.unsettled), len(left.unbacked)
    sentences = []
    if ownerless:
        sentences.append(
            v.n("One subject loses its owner.", "{count} subjects lose their owner.", ownerless)
        )
    elif left.inherited:
        sentences.append(v.t("No subject loses its owner: a deputy stands in for each."))
    if unbacked:
        sentences.append(
            v.n("One subject loses its deputy.", "{count} subjects lose their deputy.", unbacked)
        )
    return " ".join(sentences) or v.t("Nothing depends on this person.")
