"""What a part of a report comes to, in one heading: a conclusion where there is one to draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workbook.i18n import Voice
from workbook.model.evaluation import GateState
from workbook.model.ownership import Consensus
from workbook.scoring.inquiry import due_day
from workbook.wording.clauses import SERIOUS
from workbook.wording.figures import shown_point
from workbook.wording.headline import know_rate
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases


def gates_conclusion(phrases: Phrases) -> str:
    """Whether the must-haves hold."""
    v, states = phrases.voice, [gate.state for gate in phrases.evaluation.gates]
    if not states:
        return v.t("This framework asks for no must-haves")
    texts = []
    if unmet := states.count(GateState.TRIPPED):
        texts.append(
            v.n(
                "one must-have is not met",
                "{number} must-haves are not met",
                unmet,
                number=phrases.count(unmet),
            )
        )
    if unknown := states.count(GateState.UNDETERMINED):
        texts.append(
            v.n(
                "one must-have is not known yet",
                "{number} must-haves are not known yet",
                unknown,
                number=phrases.count(unknown),
            )
        )
    return capitalised(v.listing(texts)) or v.t("All must-haves are met")


def ownership_conclusion(phrases: Phrases) -> str:
    """How many subjects have one owner."""
    families = [owned.state.family for owned in phrases.ownership.values()]
    total = len(families) - families.count("out")
    return owned_text(families.count("owned"), total, phrases.voice)


def owned_text(owned: int, total: int, voice: Voice) -> str:
    """How many of so many subjects have one owner."""
    return voice.n(
        "{number} of {total} subjects has one owner",
        "{number} of {total} subjects have one owner",
        owned,
        number=voice.number(owned),
        total=voice.number(total),
    )


def criteria_conclusion(phrases: Phrases) -> str:
    """Where least of what could be fulfilled is."""
    weakest = min(
        (
            (point, area.area, part.criterion)
            for area in phrases.evaluation.areas
            for part in area.criteria
            if (point := shown_point(part.score)) is not None
        ),
        default=None,
    )
    if weakest is None:
        return phrases.voice.t("Where ownership holds, and where it does not")
    _, area, criterion = weakest
    return phrases.voice.t(
        "Ownership is weakest in {area}, on “{criterion}”",
        area=phrases.area(area),
        criterion=phrases.criterion(criterion),
    )


def findings_conclusion(phrases: Phrases) -> str:
    """How many subjects have something serious against them; subjects count, not findings."""
    v, serious = phrases.voice, [f for f in phrases.findings if f.severity in SERIOUS]
    subjects = {f.focal_point or f.question or f.parties or f.area for f in serious}
    if not subjects:
        return v.t("Nothing serious was found") if phrases.findings else v.t("What we found")
    number = capitalised(phrases.count(len(subjects)))
    return v.n(
        "{number} subject needs attention",
        "{number} subjects need attention",
        len(subjects),
        number=number,
    )


def schedule_conclusion(phrases: Phrases) -> str:
    """Whether everything is ready in time."""
    v, programme = phrases.voice, phrases.engagement.programme
    late: list[tuple[int, str]] = []
    undated = margin = 0
    for inquiry in phrases.reading.inquiries:
        if inquiry.question.kind != "date" or inquiry.ruled_out:
            continue
        days = [str(cell.answer.value) for cell in inquiry.cells if cell.answer]
        undated += not days
        over = max(
            ((dt.date.fromisoformat(d) - due_day(inquiry.question, programme)).days for d in days),
            default=0,
        )
        if over > 0:
            late.append((over, inquiry.instance or ""))
            margin = max(margin, inquiry.question.margin_days)
    if late:
        return capitalised(_lateness(phrases, late, before_go_live=margin > 0))
    if undated:
        return v.n(
            "{number} system has no ready date",
            "{number} systems have no ready date",
            undated,
            number=capitalised(phrases.count(undated)),
        )
    return v.t("The road to go-live")


def _lateness(phrases: Phrases, late: Sequence[tuple[int, str]], *, before_go_live: bool) -> str:
    """What is ready too late: after go-live, or `before_go_live` and later than is needed."""
    v, number = phrases.voice, phrases.count(len(late))
    (days, system), *others = late
    if others and before_go_live:
        return v.t("{number} systems will be ready too late", number=number)
    if others:
        return v.t("{number} systems will be ready after go-live", number=number)
    name = phrases.spoken(system)
    if before_go_live:
        return v.n(
            "{system} is needed {count} day earlier",
            "{system} is needed {count} days earlier",
            days,
            system=name,
        )
    return v.n(
        "{system} will be ready {count} day after go-live",
        "{system} will be ready {count} days after go-live",
        days,
        system=name,
    )


def agreement_conclusion(phrases: Phrases) -> str:
    """On how many subjects people agree."""
    v, voted = phrases.voice, [f for f in phrases.evaluation.agreement.focal_points if f.votes]
    shown = [f for f in voted if f.outcome not in {Consensus.WITHHELD, Consensus.TOO_FEW}]
    if not shown:
        return v.t("How far people agree")
    agreed = sum(f.outcome in {Consensus.UNANIMOUS, Consensus.AGREED} for f in shown)
    if len(shown) == 1 and agreed:
        return v.t("People agree on the one subject that several spoke of")
    if not agreed:
        return v.n(
            "People differ on the one subject that several spoke of",
            "People agree on none of {count} subjects",
            len(shown),
        )
    return v.n(
        "People agree on {agreed} of {total} subjects",
        "People agree on {agreed} of {total} subjects",
        agreed,
        agreed=v.number(agreed),
        total=v.number(len(shown)),
    )


def score_conclusion(phrases: Phrases) -> str:
    """Where most points are lost."""
    lost: dict[str, float] = {}
    for item in phrases.evaluation.items:
        lost[item.area] = lost.get(item.area, 0.0) + item.loss
    if shown_point(phrases.evaluation.score) is None or not any(lost.values()):
        return phrases.voice.t("How the score comes about")
    return phrases.voice.t(
        "Most points are lost in {area}", area=phrases.area(max(lost, key=lost.__getitem__))
    )


def knowledge_conclusion(phrases: Phrases) -> str:
    """How much is answered."""
    v = phrases.voice
    return v.t("{share} of what was asked is answered", share=v.percent(know_rate(phrases)))
