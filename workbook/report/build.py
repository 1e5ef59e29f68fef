"""From an evaluation to a report: every text chosen, every rule applied, nothing drawn yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from workbook import __version__
from workbook.errors import BadInput, Problem, nearest
from workbook.i18n import Voice, voice
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation
from workbook.model.rules import Rules
from workbook.report.actions import action_blocks
from workbook.report.appendix import appendix_blocks
from workbook.report.consensus import consensus_statement
from workbook.report.cover import area_lines, gate_lines, verdict
from workbook.report.findings import finding_cards
from workbook.report.forecast import forecast_blocks
from workbook.report.heat import heat_map
from workbook.report.method import (
    contributions,
    definitions,
    framework_version,
    openness,
    sources,
    voices_text,
)
from workbook.report.ownership import confirming, inherited_note, ownership_map
from workbook.report.pictures import firm, load, support
from workbook.report.schedule import timeline
from workbook.report.since import since_blocks
from workbook.report.tables import data_tables
from workbook.report.value import TEAM, Block, Findings, GateList, Report, Section
from workbook.report.voices import agreement_blocks
from workbook.scoring.follow_through import FollowThrough
from workbook.wording.conclusions import (
    agreement_conclusion,
    criteria_conclusion,
    findings_conclusion,
    gates_conclusion,
    knowledge_conclusion,
    ownership_conclusion,
    schedule_conclusion,
    score_conclusion,
)
from workbook.wording.follow_through import since_title
from workbook.wording.headings import headings
from workbook.wording.headline import headline, summary
from workbook.wording.languages import language_note
from workbook.wording.phrases import Phrases


def _map(phrases: Phrases) -> tuple[Block, ...]:
    owners = ownership_map(phrases)
    charts = (*load(phrases, owners), *support(phrases))
    return owners, *inherited_note(phrases), *charts, *confirming(phrases)


def _method(phrases: Phrases) -> tuple[Block, ...]:
    return (
        *openness(phrases),
        *definitions(phrases),
        *consensus_statement(phrases),
        *sources(phrases),
    )


SECTIONS: Mapping[str, tuple[Callable[[Phrases], str], Callable[[Phrases], tuple[Block, ...]]]] = {
    "gates": (gates_conclusion, lambda p: (GateList(gate_lines(p)),)),
    "actions": (lambda p: p.voice.t("Do this first"), action_blocks),
    "since": (since_title, since_blocks),
    "map": (ownership_conclusion, _map),
    "heat": (criteria_conclusion, lambda p: (heat_map(p),)),
    "findings": (findings_conclusion, lambda p: (Findings(finding_cards(p)),)),
    "timeline": (schedule_conclusion, lambda p: (timeline(p), *forecast_blocks(p))),
    "agreement": (agreement_conclusion, agreement_blocks),
    "score": (score_conclusion, lambda p: (*contributions(p), *firm(p))),
    "method": (knowledge_conclusion, _method),
    "appendix": (lambda p: p.voice.t("Appendix: every answer"), appendix_blocks),
}
"""The sections by key, in reading order: what heads each, and what stands in it."""


def _section(phrases: Phrases, key: str) -> Section:
    title, blocks = SECTIONS[key]
    return Section(key, title(phrases), blocks(phrases))


def build(
    rules: Rules,
    engagement: Engagement,
    evaluation: Evaluation,
    lang: str,
    sections: tuple[str, ...] = (),
    *,
    reader: str = TEAM,
    since: FollowThrough | None = None,
) -> Report:
    """The report of one engagement in one language; `sections` keeps only these (all if empty).

    `since` is what was done since an earlier moment; without one, its section is left out.

    Raises BadInput for a language or a section that there is none of.
    """
    problems = [
        Problem(f"unknown section “{key}”", nearest(key, SECTIONS), path="sections")
        for key in sections
        if key not in SECTIONS
    ]
    if problems:
        raise BadInput(problems)
    phrases = Phrases(rules, voice(lang), engagement, evaluation, since)
    v, organisation = phrases.voice, engagement.organisation.name
    subject = phrases.say(rules.title)
    there = [key for key in SECTIONS if key != "since" or since is not None]
    chosen = [key for key in there if not sections or key in sections]
    return Report(
        key=engagement.key,
        as_of=evaluation.as_of,
        lang=v.language,
        rules=rules,
        title=f"{organisation} · {subject}",
        whose=f"{organisation} · {subject}",
        when=f"{v.date(evaluation.as_of)} · {voices_text(phrases)}",
        headline=headline(phrases),
        summary=summary(phrases),
        # The method explains firmness: who leaves it out does not pay for its many weightings.
        verdict=verdict(phrases, firm="method" in chosen),
        areas=area_lines(phrases),
        sections=tuple(_section(phrases, key) for key in chosen),
        versions=f"{framework_version(phrases)} · {_program(v)}",
        origin=organisation,
        language_note=language_note(rules.languages, v),
        running=running(phrases),
        tables=partial(data_tables, phrases, chosen),
        reader=reader,
    )


def running(phrases: Phrases) -> tuple[str, str]:
    """What heads every page on paper, left and right."""
    v, name = phrases.voice, phrases.engagement.organisation.name
    day = v.date(phrases.evaluation.as_of)
    return v.t("Confidential · {organisation}", organisation=name), f"{day} · {_program(v)}"


def _program(v: Voice) -> str:
    return f"{headings(v)['workbook']} {__version__}"
