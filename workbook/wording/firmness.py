"""How firm a level or an order is, in one sentence."""

from __future__ import annotations

from workbook.i18n import Voice
from workbook.scoring.firmness import Firmness
from workbook.wording.names import Vocabulary

NEARLY = 0.995
"""From here a share that is not 1 would be printed as all, and below 1 less this as none."""


def firmness_text(names: Vocabulary, firmness: Firmness) -> str:
    """The share of the admissible weightings under which the level stands, and what else it is."""
    v = names.voice
    level = names.say(names.rules.level(firmness.level).title)
    if firmness.certain:
        return v.t("“{level}” holds for every admissible weighting.", level=level)
    share = weightings_share(firmness.share, v)
    if firmness.rival is None:
        return v.t(
            "“{level}” holds for {share} of admissible weightings.",
            level=level,
            share=share,
        )
    return v.t(
        "“{level}” holds for {share} of admissible weightings; "
        "for most of the others it would be “{rival}”.",
        level=level,
        share=share,
        rival=names.say(names.rules.level(firmness.rival).title),
    )


def weightings_share(share: float, v: Voice, *, short: bool = False) -> str:
    """A share of weightings that were drawn: nearly all is not all, nearly none not none."""
    if NEARLY > share >= 1 - NEARLY:
        return v.percent(share)
    most = share >= NEARLY
    bound = v.percent(0.99 if most else 0.01)
    if short:
        return f"{'>' if most else '<'}\N{NARROW NO-BREAK SPACE}{bound}"
    return v.t("more than {share}", share=bound) if most else v.t("less than {share}", share=bound)
