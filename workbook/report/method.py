"""How the figures came about: contributions, what is open, definitions, versions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate

from workbook import __version__
from workbook.fragments.page import KeyFigure
from workbook.fragments.why import WhyGroup, WhyRow
from workbook.model.engagement import State
from workbook.model.evaluation import AreaScore, CriterionScore, Status
from workbook.model.framework import Criterion
from workbook.report.adapted import adaptations
from workbook.report.appendix import decided_by
from workbook.report.value import (
    Block,
    Contributions,
    DataColumn,
    DataTable,
    Figures,
    Heading,
    Prose,
    Terms,
    TextTable,
)
from workbook.wording.fields import field_names, value_names
from workbook.wording.figures import share_text, shown_point
from workbook.wording.headings import absences, headings
from workbook.wording.headline import know_rate
from workbook.wording.phrases import Phrases

BLANK = "…" * 24
"""A line for somebody’s name, to be written by hand."""


def contributions(phrases: Phrases) -> tuple[Block, ...]:
    """The points that each area's criteria add and lose; they sum to the score."""
    v = phrases.voice
    if phrases.evaluation.score.point is None:
        return (Prose(v.t("There is no score to explain yet: nothing is answered.")),)
    if shown_point(phrases.evaluation.score) is None:
        return (
            Prose(v.t("There is no single number to explain: too much is open. See the range.")),
        )
    groups = tuple(
        WhyGroup(phrases.area(area.area), tuple(_why(phrases, area, c) for c in area.criteria))
        for area in phrases.evaluation.areas
        if area.score.point is not None
    )
    picture = v.t("What each area adds to the score; hatched: what it loses")
    return (
        Contributions(
            picture, v.t("What each criterion adds to the score, and what it loses"), groups
        ),
    )


def contributions_table(phrases: Phrases) -> DataTable:
    """A row per criterion of each area: from where to where it takes the score."""
    v, words = phrases.voice, headings(phrases.voice)
    columns = (
        DataColumn("area", words["area"]),
        DataColumn("criterion", v.t("Criterion")),
        DataColumn("start", v.t("Starts at"), "number"),
        DataColumn("adds", words["adds"], "number"),
        DataColumn("loses", words["loses"], "number"),
    )
    blocks = (block for block in contributions(phrases) if isinstance(block, Contributions))
    parts = [(group.title, row) for block in blocks for group in block.groups for row in group.rows]
    starts = accumulate((row.contribution for _, row in parts), initial=0.0)
    rows = tuple(
        (area, phrases.labelled(area, row.label), start, row.contribution, row.loss)
        for (area, row), start in zip(parts, starts, strict=False)
    )
    return DataTable("contributions", v.t("Contributions"), columns, rows)


def _why(phrases: Phrases, area: AreaScore, part: CriterionScore) -> WhyRow:
    items = [
        item
        for item in phrases.evaluation.items
        if item.area == area.area and item.criterion is part.criterion
    ]
    v, score, point = phrases.voice, part.score, shown_point(part.score)
    return WhyRow(
        label=phrases.criterion(part.criterion),
        value=None if point is None else point / 100,
        contribution=math.fsum(item.contribution for item in items),
        loss=math.fsum(item.loss for item in items),
        applies=score.status is not Status.NOT_APPLICABLE,
        possible=share_text(score, v) if score.status is Status.INDICATIVE else "",
    )


def openness(phrases: Phrases) -> tuple[Block, ...]:
    """How much is known, and everything that was ruled not applicable, with the reason."""
    v = phrases.voice
    progress = phrases.evaluation.progress
    answered, total = sum(p.answered for p in progress), sum(p.total for p in progress)
    figures = (
        KeyFigure(
            v.percent(know_rate(phrases)),
            v.t("answered"),
            v.t("{answered} of {total} subjects and questions", answered=answered, total=total),
        ),
        KeyFigure(v.number(sum(p.unknown for p in progress)), v.t("only “don’t know”")),
        KeyFigure(v.number(sum(p.missing for p in progress)), absences(v)["unanswered"]),
        KeyFigure(v.number(len(_ruled_out(phrases))), absences(v)["not_applicable"]),
    )
    why = v.t(
        "“Don’t know” often means that ownership is unclear, so a score may flatter; "
        "read it with its range."
    )
    states = {n.state for n in phrases.engagement.nominations}
    doubted = State.UNKNOWN in states | {a.state for a in phrases.engagement.answers}
    blocks: list[Block] = [Figures(figures), *([Prose(why, quiet=True)] if doubted else [])]
    ruled = _ruled_out(phrases)
    if ruled:
        columns = (
            value_names(v)[State.NOT_APPLICABLE],
            field_names(v)["reason"],
            headings(v)["who"],
        )
        title = v.t("What was ruled not applicable, and why")
        blocks.append(TextTable(title, columns, ruled, (34, 40, 26)))
    return tuple(blocks)


def _ruled_out(phrases: Phrases) -> tuple[tuple[str, str, str], ...]:
    """What does not apply, why, and who said so."""
    decisions = [
        (phrases.focal(key), decision.reason or "–", decided_by(phrases, decision))
        for key, decision in phrases.engagement.standing_decisions().items()
        if decision.state == State.NOT_APPLICABLE
    ]
    answers = [
        (
            phrases.question(inquiry.question.key, inquiry.instance),
            ruling.reason or "–",
            ", ".join([phrases.respondent(None), *([phrases.day(ruling.on)] if ruling.on else [])]),
        )
        for inquiry in phrases.reading.inquiries
        if inquiry.ruled_out and (ruling := inquiry.ruling)
    ]
    return (*decisions, *answers)


def definitions(phrases: Phrases) -> tuple[Block, ...]:
    """The method in brief."""
    v = phrases.voice
    terms = (
        (
            headings(v)["score"],
            v.t("From 0 to 100: the weighted mean of five criteria that apply."),
        ),
        (v.t("Range"), v.t("Where the score can end once everything is answered.")),
        *((phrases.criterion(c), _criterion(phrases, c)) for c in Criterion),
        (headings(v)["level"], _levels(phrases)),
        (v.t("Firmness"), _firmness(phrases)),
        (
            headings(v)["must_have"],
            v.t("A condition that holds the level down; it never bends the score."),
        ),
        (
            headings(v)["gain"],
            v.t(
                "Points that an action adds to the score you can already count on "
                "(the lower bound)."
            ),
        ),
    )
    return (
        Terms(v.t("How to read this report"), terms),
        Terms(v.t("About this report"), _versions(phrases)),
    )


def _criterion(phrases: Phrases, criterion: Criterion) -> str:
    v = phrases.voice
    return {
        Criterion.NAMED: v.t("Somebody is named as owner."),
        Criterion.CLEAR: v.t("All name the same owner, or it is decided."),
        Criterion.FITTING: v.t("The owner’s title is typical, senior enough or accepted."),
        Criterion.BACKED_UP: v.t("A deputy stands in, and somebody inside shares the role."),
        Criterion.COMMITTED: v.t("What the area’s questions ask for holds."),
    }[criterion]


def _levels(phrases: Phrases) -> str:
    v = phrases.voice
    steps = [
        v.t("{level} from {start}", level=phrases.say(level.title), start=v.number(level.start))
        for level in phrases.rules.levels
    ]
    return ", ".join(steps) + "."


def _firmness(phrases: Phrases) -> str:
    v = phrases.voice
    return v.t(
        "Weights are judgements. A weighting is admissible if each weight lies within the bounds "
        "of the framework; all of them count the same. Firmness is the share of them under which "
        "the level holds."
    )


def _versions(phrases: Phrases) -> tuple[tuple[str, str], ...]:
    v, engagement = phrases.voice, phrases.engagement
    facts = engagement.organisation
    profile = next((p for p in phrases.rules.profiles if p.key == facts.profile), None)
    models = [m for m in phrases.rules.business_models if m.key in facts.business_models]
    scope = [phrases.say(profile.title)] if profile else []
    scope += [phrases.say(model.title) for model in models]
    framework = f"{phrases.say(phrases.rules.title)}, {framework_version(phrases)}"
    terms = [
        (v.t("Why now"), phrases.say(phrases.rules.framework.why_now)),
        (headings(v)["organisation"], " · ".join([facts.name, *scope])),
        (v.t("Framework"), framework),
        (v.t("Workbook"), v.t("version {version}", version=__version__)),
        (headings(v)["as_of"], v.date(phrases.evaluation.as_of)),
        (v.t("Prepared by"), BLANK),
        (v.t("Reviewed by"), BLANK),
        (headings(v)["votes"], voices_text(phrases)),
    ]
    terms += [*_participation(phrases), *_scope(phrases)]
    if changes := adaptations(phrases):
        terms.append((v.t("Changes to the standard framework"), " · ".join(changes)))
    return tuple(terms)


def _participation(phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Who was asked and who replied: by name, unless answers are anonymous."""
    v, engagement = phrases.voice, phrases.engagement
    asked = [r.id for r in engagement.respondents if not r.withdrawn]
    if not asked:
        return
    spoken = {n.respondent for n in engagement.nominations}
    spoken |= {a.respondent for a in engagement.answers if a.respondent}
    replied = [key for key in asked if key in spoken]
    silent = [key for key in asked if key not in spoken]
    count = v.n(
        "{replied} of {count} respondent",
        "{replied} of {count} respondents",
        len(asked),
        replied=len(replied),
    )
    if phrases.disclosure.nameless:
        yield v.t("Replied"), count
        return
    yield v.t("Replied"), phrases.labelled(count, v.listing(map(phrases.respondent, replied)))
    if silent:
        yield v.t("No reply yet"), v.listing(map(phrases.respondent, silent))


def _scope(phrases: Phrases) -> Iterator[tuple[str, str]]:
    """What was looked at, by scope group."""
    for group in phrases.rules.framework.scopes:
        keys = [
            key
            for key in phrases.ownership
            if key in phrases.places and phrases.places[key][1].scope == group.key
        ]
        if keys:
            yield phrases.say(group.title), phrases.voice.listing(map(phrases.focal, keys))


def sources(phrases: Phrases) -> tuple[Block, ...]:
    """Where the framework takes its questions from, to be looked up."""
    v = phrases.voice
    addresses: dict[str, str] = {}
    for source in phrases.rules.framework.sources.values():
        title = phrases.say(source.title)
        addresses.setdefault(source.url or title, title)
    rows = [(title, url if url != title else "") for url, title in addresses.items()]
    title, heads, widths = v.t("Sources"), (v.t("Source"), v.t("Address")), (55, 45)
    seen = 2 if any(url for _, url in rows) else 1
    shown = tuple(row[:seen] for row in rows)
    return Heading(title), TextTable(title, heads[:seen], shown, widths[:seen], seen=False)


def framework_version(phrases: Phrases) -> str:
    """The key and version of the framework, as results are labelled."""
    return f"{phrases.evaluation.framework} {phrases.evaluation.framework_version}"


def voices_text(phrases: Phrases) -> str:
    """How many people answered alone, and how many decisions stand."""
    v, engagement = phrases.voice, phrases.engagement
    respondents = sum(not respondent.withdrawn for respondent in engagement.respondents)
    decisions = len(engagement.standing_decisions())
    counts = []
    if respondents:
        counts.append(v.n("{count} respondent", "{count} respondents", respondents))
    if decisions or not respondents:
        counts.append(v.n("{count} decision", "{count} decisions", decisions))
    return " · ".join(counts)
