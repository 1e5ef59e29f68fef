"""Seats of the C-suite in words: a seat is not owned, somebody speaks for it."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.model.evaluation import Finding
from workbook.wording.phrases import Phrases


def is_seat(phrases: Phrases, focal_point: str | None) -> bool:
    """Whether a focal point is a seat."""
    _, known = phrases.places.get(focal_point or "", (None, None))
    return known is not None and known.kind == "seat"


def seat_title(phrases: Phrases, finding: Finding) -> str | None:
    """What a finding about a seat concludes; None where the framework's own sentence stands."""
    if not is_seat(phrases, finding.focal_point):
        return None
    v, t, seat = phrases.voice, phrases.voice.t, phrases.spoken(finding.focal_point or "")
    parties = phrases.listing(map(phrases.party, finding.parties))
    days = v.n("{count} day", "{count} days", finding.days or 0)
    return {
        "orphan": t("Nobody speaks for {seat}", seat=seat),
        "contested": t("Answers differ on who speaks for {seat}", seat=seat),
        "several_accountable": t("More than one person or team speaks for {seat}", seat=seat),
        "team_without_lead": t("A team without a lead is named to speak for {seat}", seat=seat),
        "vacant": t("The post that speaks for {seat} is vacant", seat=seat),
        "no_deputy": t("Nobody stands in for whoever speaks for {seat}", seat=seat),
        "low_confidence": t("People only guess who speaks for {seat}", seat=seat),
        "unconfirmed_self_nomination": t(
            "{party} claims to speak for {seat}, and nobody confirms it", party=parties, seat=seat
        ),
        "role_not_accepted": t(
            "{party} has not yet agreed to speak for {seat}", party=parties, seat=seat
        ),
        "role_declined": t("{party} has declined to speak for {seat}", party=parties, seat=seat),
        "stale_ownership": t(
            "Nobody has confirmed for {days} who speaks for {seat}", days=days, seat=seat
        ),
    }.get(finding.kind)


def seat_action(phrases: Phrases, kind: str, focal_points: Sequence[str | None]) -> str | None:
    """What to do about a seat, or several; None where the framework's own sentence stands."""
    if not is_seat(phrases, focal_points[0]):
        return None
    t, n, count = phrases.voice.t, phrases.voice.n, len(focal_points)
    seat = phrases.listing(phrases.spoken(key or "") for key in focal_points)
    return {
        "name_owner": n(
            "Name the person who speaks for {seat}",
            "Name the people who speak for {seat}",
            count,
            seat=seat,
        ),
        "decide_owner": n(
            "Choose one person to speak for {seat}",
            "Choose one person each to speak for {seat}",
            count,
            seat=seat,
        ),
        "decide_again": t("Choose somebody else to speak for {seat}", seat=seat),
        "confirm_owner": t("Confirm together who speaks for {seat}", seat=seat),
        "name_team_lead": n(
            "Name the one in the team who speaks for {seat}",
            "Name those in the teams who speak for {seat}",
            count,
            seat=seat,
        ),
        "fill_post": n(
            "Fill the post that speaks for {seat}, or name an interim",
            "Fill the posts that speak for {seat}, or name interims",
            count,
            seat=seat,
        ),
        "obtain_acceptance": t("Ask whoever speaks for {seat} to accept the role", seat=seat),
        "confirm_title": t("Confirm, with a reason, who speaks for {seat}", seat=seat),
        "reconfirm": t("Check who speaks for {seat} today", seat=seat),
    }.get(kind)
