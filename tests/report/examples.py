"""Reports of the examples, and evaluations made by hand where a case needs just one thing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from itertools import cycle, product
from pathlib import Path

from workbook import report
from workbook.content import Loaded, load_engagement
from workbook.i18n import languages
from workbook.model.engagement import Answer, Decision, State
from workbook.model.evaluation import Evaluation
from workbook.scoring import evaluate

ROOT = Path(__file__).parents[2]
EXAMPLES = {path.stem: path for path in (ROOT / "templates" / "engagements").glob("*.yaml")}
AS_OF = dt.date(2026, 11, 23)
DENSEST = "maison-lorient"
VARIED = sorted(
    {*zip(EXAMPLES, cycle(languages()), strict=False), *product([DENSEST], languages())}
)
"""Every example in one language or another, the densest in all: templates and code are shared."""
LONGEST = sorted({*VARIED, *product(EXAMPLES, ["de"])})
"""For what has room or has not: every example in German, too, whose words are the longest."""


@cache
def example(name: str) -> Loaded:
    """An example engagement with its framework."""
    return load_engagement(EXAMPLES[name])


@cache
def evaluated(name: str) -> Evaluation:
    """Its evaluation on the day of the examples."""
    engagement, framework = example(name)
    return evaluate(framework, engagement, AS_OF)


@cache
def report_of(name: str, lang: str) -> report.Report:
    """Its report."""
    engagement, framework = example(name)
    return report.build(framework, engagement, evaluated(name), lang)


def told(name: str, lang: str = "en", *, engagement=None, **changes: object) -> report.Report:
    """The report of an example whose evaluation is changed by hand."""
    given, framework = example(name)
    changed = replace(evaluated(name), **changes)
    return report.build(framework, engagement or given, changed, lang)


@cache
def nothing_applies() -> Loaded:
    """An engagement in which every subject and question was ruled out, with its framework."""
    engagement, rules = example("fernhill-supply")
    ruling = {"state": State.NOT_APPLICABLE, "reason": "Another programme does it"}
    decisions = tuple(Decision(focal_point=key, **ruling) for key in rules.places())
    answers = tuple(Answer(question=key, **ruling) for key in rules.questions())
    said = {"decisions": decisions, "answers": answers, "nominations": (), "respondents": ()}
    return Loaded(engagement.model_copy(update=said), rules)
