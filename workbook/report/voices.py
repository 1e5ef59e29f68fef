"""What respondents say of each focal point, and how far they agree. Shown, never scored."""

from __future__ import annotations

from workbook.fragments.agreement import Share, VoteGroup, VoteRow
from workbook.model.engagement import NOBODY
from workbook.model.evaluation import Alpha, Status
from workbook.model.ownership import FocalAgreement
from workbook.report.value import Block, Prose, Terms, Votes
from workbook.wording.evidence import nobody_answered
from workbook.wording.headings import absences, headings
from workbook.wording.names import ended
from workbook.wording.phrases import Phrases

SOLID, TENTATIVE = 0.8, 0.667
"""Customary readings of alpha: reliable from 0.8, tentative from 0.667 (Krippendorff)."""


def agreement_blocks(phrases: Phrases) -> tuple[Block, ...]:
    """The votes per focal point that has several; else why there are none."""
    v = phrases.voice
    agreement = phrases.evaluation.agreement
    voted = {focal.focal_point: focal for focal in agreement.focal_points if focal.votes > 1}
    if phrases.evaluation.score.status is Status.NOT_SCORED:
        return (Prose(ended(nobody_answered(v))),)
    if not any(focal.votes for focal in agreement.focal_points):
        return (Prose(v.t("Nobody was asked alone: the team answered together.")),)
    if not voted:
        return (Prose(v.t("No subject has two votes: there is nothing to compare yet.")),)
    groups = [
        VoteGroup(
            phrases.area(area.key),
            tuple(_row(phrases, voted[f.key]) for f in area.focal_points if f.key in voted),
        )
        for area in phrases.rules.areas
    ]
    caption = v.t("Each vote is what one person said alone; the bar shows how the votes divide")
    filled = tuple(group for group in groups if group.rows)
    return Votes(caption, filled), *_left_out(phrases, len(agreement.focal_points) - len(voted))


def chance_terms(phrases: Phrases) -> tuple[Block, ...]:
    """Alpha per area, for an appendix: it says much only beside many votes, and more than once."""
    v, agreement = phrases.voice, phrases.evaluation.agreement
    if agreement.overall.reason != "ok":
        return ()
    areas = ((phrases.area(area), alpha) for area, alpha in agreement.areas)
    alphas = ((headings(v)["all_areas"], agreement.overall), *areas)
    note = v.t(
        "Krippendorff’s alpha compares the agreement with what chance alone would give: "
        "1 is full agreement, 0 is chance."
    )
    terms = tuple((name, _alpha(phrases, alpha)) for name, alpha in alphas)
    return (Terms(v.t("Agreement beyond chance"), terms, (note,)),)


def _left_out(phrases: Phrases, count: int) -> tuple[Block, ...]:
    """How many focal points have no voices to compare; a page of bars would tell no more."""
    if not count:
        return ()
    notice = phrases.voice.n(
        "Not shown: {count} subject on which fewer than two people spoke alone.",
        "Not shown: {count} subjects on which fewer than two people spoke alone.",
        count,
    )
    return (Prose(notice, quiet=True),)


def _row(phrases: Phrases, agreement: FocalAgreement) -> VoteRow:
    shares = tuple(
        Share(phrases.party(category), votes, nobody=category == NOBODY)
        for category, votes in agreement.shares
    )
    return VoteRow(phrases.focal(agreement.focal_point), agreement.votes, shares, agreement.outcome)


def _alpha(phrases: Phrases, alpha: Alpha) -> str:
    v = phrases.voice
    if alpha.value is not None and alpha.reason == "ok":
        figure = v.number(alpha.value, 2)
        return v.t("{figure}: {reading}", figure=figure, reading=_reading(phrases, alpha.value))
    return {
        "withheld": absences(v)["withheld"],
        "unanimous": v.t("undefined: all say the same"),
        "few_raters": v.t("too few votes for a verdict"),
        "few_units": v.t("too few subjects for a verdict"),
    }.get(alpha.reason, v.t("undefined: no subject has two votes"))


def _reading(phrases: Phrases, value: float) -> str:
    v = phrases.voice
    if value >= SOLID:
        return v.t("people agree")
    return v.t("people agree in part") if value >= TENTATIVE else v.t("people do not agree")
