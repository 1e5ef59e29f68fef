"""From an evaluation to a report: every text chosen, every rule applied, nothing drawn yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbook import __version__
from workbook.errors import BadInput, Problem, nearest
from workbook.i18n import voice
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation, GateState
from workbook.model.rules import Rules
from workbook.report.actions import action_lines
from workbook.report.appendix import appendix_blocks
from workbook.report.cover import area_lines, gate_lines, verdict
from workbook.report.findings import finding_cards
from workbook.report.heat import heat_map
from workbook.report.method import (
    contributions,
    definitions,
    framework_version,
    openness,
    voices_text,
)
from workbook.report.ownership import ownership_map
from workbook.report.schedule import timeline
from workbook.report.value import Actions, Findings, GateList, Report, Section
from workbook.report.voices import agreement_blocks
from workbook.wording.headings import headings
from workbook.wording.headline import headline, summary
from workbook.wording.languages import language_note
from workbook.wording.phrases import Phrases


def _actions(phrases: Phrases) -> Section:
    v = phrases.voice
    lines = action_lines(phrases)
    caption = v.t("In this order; gain: points added to the score you can already count on")
    return Section("actions", v.t("Do this first"), (Actions(caption, lines),))


def _ownership(phrases: Phrases) -> Section:
    return Section("map", phrases.voice.t("Who owns what"), (ownership_map(phrases),))


def _heat(phrases: Phrases) -> Section:
    return Section(
        "heat",
        phrases.voice.t("Where ownership holds, and where it does not"),
        (heat_map(phrases),),
    )


def _findings(phrases: Phrases) -> Section:
    return Section(
        "findings", phrases.voice.t("What we found"), (Findings(finding_cards(phrases)),)
    )


def _gates(phrases: Phrases) -> Section:
    v, results = phrases.voice, phrases.evaluation.gates
    free = all(result.state is GateState.PASSED for result in results)
    title = v.t("No gate holds the level") if free else v.t("What holds the level")
    return Section("gates", title, (GateList(gate_lines(phrases)),))


def _timeline(phrases: Phrases) -> Section:
    return Section("timeline", phrases.voice.t("The road to go-live"), (timeline(phrases),))


def _agreement(phrases: Phrases) -> Section:
    return Section("agreement", phrases.voice.t("How far people agree"), agreement_blocks(phrases))


def _score(phrases: Phrases) -> Section:
    return Section("score", phrases.voice.t("How the score comes about"), contributions(phrases))


def _method(phrases: Phrases) -> Section:
    v = phrases.voice
    blocks = (*openness(phrases), *definitions(phrases))
    return Section("method", v.t("What is known, and how it was measured"), blocks)


def _appendix(phrases: Phrases) -> Section:
    v = phrases.voice
    return Section(
        "appendix", v.t("Appendix: every answer"), appendix_blocks(phrases), new_page=True
    )


SECTIONS: Mapping[str, Callable[[Phrases], Section]] = {
    "actions": _actions,
    "map": _ownership,
    "heat": _heat,
    "findings": _findings,
    "gates": _gates,
    "timeline": _timeline,
    "agreement": _agreement,
    "score": _score,
    "method": _method,
    "appendix": _appendix,
}
"""The sections by key, in reading order."""


def build(
    rules: Rules,
    engagement: Engagement,
    evaluation: Evaluation,
    lang: str,
    sections: tuple[str, ...] = (),
) -> Report:
    """The report of one engagement in one language; `sections` keeps only these (all if empty).

    Raises BadInput for a language or a section that there is none of.
    """
    problems = [
        Problem(f"unknown section “{key}”", nearest(key, SECTIONS), path="sections")
        for key in sections
        if key not in SECTIONS
    ]
    if problems:
        raise BadInput(problems)
    phrases = Phrases(rules, voice(lang), engagement, evaluation)
    v, organisation = phrases.voice, engagement.organisation.name
    subject = phrases.say(rules.title)
    program = f"{headings(v)['workbook']} {__version__}"
    chosen = [SECTIONS[key] for key in SECTIONS if not sections or key in sections]
    return Report(
        lang=v.language,
        rules=rules,
        title=f"{organisation} · {subject}",
        whose=f"{organisation} · {subject}",
        when=f"{v.date(evaluation.as_of)} · {voices_text(phrases)}",
        headline=headline(phrases),
        summary=summary(phrases),
        verdict=verdict(phrases),
        areas=area_lines(phrases),
        sections=tuple(section(phrases) for section in chosen),
        versions=f"{framework_version(phrases)} · {program}",
        origin=organisation,
        language_note=language_note(rules.languages, v),
    )
