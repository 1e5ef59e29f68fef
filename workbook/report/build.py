"""From an evaluation to a report: every text chosen, every rule applied, nothing drawn yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbook import __version__
from workbook.errors import BadInput, Problem, nearest
from workbook.i18n import voice
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation, GateState
from workbook.model.framework import Framework
from workbook.model.overlay import overlaid
from workbook.report.actions import action_lines
from workbook.report.appendix import appendix_blocks
from workbook.report.cover import area_lines, gate_lines, verdict
from workbook.report.findings import finding_cards
from workbook.report.headline import headline, summary
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
from workbook.report.telling import Telling
from workbook.report.value import Actions, Findings, Gates, Report, Section
from workbook.report.voices import agreement_blocks


def _actions(telling: Telling) -> Section:
    v = telling.voice
    lines = action_lines(telling)
    caption = v.t("What raises the score most; gain: points added to the certain end of its range")
    return Section("actions", v.t("Do this first"), (Actions(caption, lines),))


def _ownership(telling: Telling) -> Section:
    return Section("map", telling.voice.t("Who owns what"), (ownership_map(telling),))


def _heat(telling: Telling) -> Section:
    return Section(
        "heat",
        telling.voice.t("Where ownership holds, and where it does not"),
        (heat_map(telling),),
    )


def _findings(telling: Telling) -> Section:
    return Section(
        "findings", telling.voice.t("What we found"), (Findings(finding_cards(telling)),)
    )


def _gates(telling: Telling) -> Section:
    v, results = telling.voice, telling.evaluation.gates
    free = all(result.state is GateState.PASSED for result in results)
    title = v.t("No gate holds the level") if free else v.t("What holds the level")
    return Section("gates", title, (Gates(gate_lines(telling)),))


def _timeline(telling: Telling) -> Section:
    return Section("timeline", telling.voice.t("The road to go-live"), (timeline(telling),))


def _agreement(telling: Telling) -> Section:
    return Section("agreement", telling.voice.t("How far people agree"), agreement_blocks(telling))


def _score(telling: Telling) -> Section:
    return Section("score", telling.voice.t("How the score comes about"), contributions(telling))


def _method(telling: Telling) -> Section:
    v = telling.voice
    blocks = (*openness(telling), *definitions(telling))
    return Section("method", v.t("What is known, and how it was measured"), blocks)


def _appendix(telling: Telling) -> Section:
    v = telling.voice
    return Section(
        "appendix", v.t("Appendix: every answer"), appendix_blocks(telling), new_page=True
    )


SECTIONS: Mapping[str, Callable[[Telling], Section]] = {
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
    framework: Framework,
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
    own = overlaid(framework, engagement)
    telling = Telling(own, engagement, evaluation, voice(lang))
    v, organisation = telling.voice, engagement.organisation.name
    subject = telling.say(own.title)
    made = v.t("Ownership workbook {version}", version=__version__)
    kept = [SECTIONS[key] for key in SECTIONS if not sections or key in sections]
    return Report(
        lang=lang,
        framework=own,
        title=f"{organisation} · {subject}",
        whose=f"{organisation} · {subject}",
        when=f"{v.date(evaluation.as_of)} · {voices_text(telling)}",
        headline=headline(telling),
        summary=summary(telling),
        verdict=verdict(telling),
        areas=area_lines(telling),
        sections=tuple(section(telling) for section in kept),
        versions=f"{framework_version(telling)} · {made}",
        origin=organisation,
    )
