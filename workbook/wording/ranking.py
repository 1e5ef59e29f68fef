"""A ranking in words: what is compared, what was judged, and whether the order means anything."""

from __future__ import annotations

from workbook.i18n import Voice
from workbook.model.filling import filled_in
from workbook.model.framework import Criterion
from workbook.scoring.judgements import Judgement
from workbook.scoring.robustness import Robustness
from workbook.wording.names import Vocabulary, capitalised

OPEN = "…"
"""Stands for the subject of a finding that several engagements have."""


def fact_text(names: Vocabulary, dimension: str, value: str) -> str:
    """What a size, a sector or business models (keys apart by spaces) are called."""
    if dimension == "business_models":
        return names.voice.listing(names.business_models(value.split()))
    return names.profile(value) if dimension == "profile" else value


def common_finding(names: Vocabulary, kind: str, times: int) -> str:
    """A kind of finding that several have: counted, or with its subject left open."""
    texts = names.rules.findings[kind]
    if texts.headline_many:
        count = names.voice.number(times)
        return capitalised(filled_in(names.say(texts.headline_many), {"count": count}))
    return capitalised(filled_in(names.say(texts.title), {}, OPEN))


def judgement_text(names: Vocabulary, judgement: Judgement) -> str:
    """The weight that somebody chose."""
    v = names.voice
    if judgement.kind == "area":
        return v.t("Weight of the area “{area}”", area=names.area(judgement.key))
    criterion = names.criterion(Criterion(judgement.key))
    if len(judgement.areas) == len(names.rules.areas):
        return v.t("Weight of “{criterion}”", criterion=criterion)
    areas = v.listing(map(names.area, judgement.areas))
    return v.t("Weight of “{criterion}” in {areas}", criterion=criterion, areas=areas)


def ranking_verdict(names: Vocabulary, robustness: Robustness) -> str:
    """Whether the ranking means anything, in a sentence; a second one says who shares a rank."""
    verdict = _verdict(names.voice, robustness)
    sharing = robustness.ranked - 1 - robustness.pairs
    if not sharing or not robustness.pairs:
        return verdict
    shared = names.voice.n(
        "One neighbouring pair shares a rank.",
        "{count} neighbouring pairs share a rank.",
        sharing,
    )
    return f"{verdict} {shared}"


def _verdict(v: Voice, robustness: Robustness) -> str:
    numbers = {"firm": v.number(robustness.firm), "pairs": v.number(robustness.pairs)}
    others = robustness.ranked - 1
    if robustness.verdict == "alone":
        return v.t("Only one engagement: no ranking.")
    if robustness.verdict == "tied":
        return v.n("The two share one rank.", "All share one rank: there is no order.", others)
    if robustness.verdict == "firm":
        return v.n(
            "The order of the two holds in nine of ten trials with other weights.",
            "The order holds: in nine of ten trials with other weights it is the same for "
            "{firm} of {pairs} neighbouring pairs.",
            others,
            **numbers,
        )
    if robustness.verdict == "partly":
        return v.t(
            "Read the order in groups, not place by place: in nine of ten trials with other "
            "weights it holds for only {firm} of {pairs} neighbouring pairs.",
            **numbers,
        )
    return v.n(
        "The order of the two says little: it changes with the weights. Compare levels.",
        "The order says little: in nine of ten trials with other weights it holds for only "
        "{firm} of {pairs} neighbouring pairs. Compare levels.",
        others,
        **numbers,
    )


def ranking_basis(names: Vocabulary, robustness: Robustness) -> str:
    """How that was tried."""
    v = names.voice
    return v.t(
        "{count} trials; on average the order in a trial agrees with the order shown at "
        "{correlation} (1 is the same order, 0 no relation).",
        count=v.number(robustness.samples),
        correlation=v.number(robustness.correlation, 2),
    )
