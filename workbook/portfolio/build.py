"""From an assessed portfolio to its page's value: every text chosen, nothing drawn yet."""

from __future__ import annotations

from workbook import __version__
from workbook.i18n import Voice, voice
from workbook.portfolio.alike import alike_tables
from workbook.portfolio.cohorts import Assessed
from workbook.portfolio.comparison import comparison
from workbook.portfolio.gathered import RefusedSource
from workbook.portfolio.headline import counted, figures, headline, summary
from workbook.portfolio.links import Link
from workbook.portfolio.value import NotRead, PortfolioReport
from workbook.wording.headings import headings
from workbook.wording.names import Vocabulary
from workbook.wording.sentences import translated

LISTED = 50
"""Refused inputs that the page lists."""


def build(assessed: Assessed, lang: str, link: Link = lambda _: "") -> PortfolioReport:
    """The page of a portfolio in one language; `link` gives the address of each report.

    Raises BadInput for a language that there is none of.
    """
    v = voice(lang)
    refused = assessed.refused
    note = ""
    if len(refused) > LISTED:
        note = v.t(
            "The first {shown} of {count} are listed.",
            shown=v.number(LISTED),
            count=v.number(len(refused)),
        )
    program = f"{headings(v)['workbook']} {__version__}"
    return PortfolioReport(
        lang=v.language,
        title=v.t("Portfolio"),
        when=f"{v.date(assessed.as_of)} · {counted(assessed, v)}",
        headline=headline(assessed, v),
        summary=summary(assessed, v),
        figures=figures(assessed, v),
        comparisons=tuple(
            comparison(cohort, Vocabulary(cohort.rules, v), link, f"c{number}")
            for number, cohort in enumerate(assessed.cohorts, 1)
        ),
        alike=tuple(
            table
            for number, family in enumerate(assessed.families, 1)
            for names in [Vocabulary(family.cohorts[0].rules, v)]
            for table in alike_tables(family, names, link, f"alike{number}")
        ),
        refused=tuple(_not_read(source, v) for source in refused[:LISTED]),
        refused_note=note,
        terms=_terms(v),
        versions=program,
    )


def _not_read(source: RefusedSource, v: Voice) -> NotRead:
    problems = []
    for problem in (translated(problem, v) for problem in source.problems):
        path = problem.place.removeprefix(source.place).lstrip(": ")
        problems.append((f"{path}: {problem.message}" if path else problem.message, problem.fix))
    return NotRead(source.place, tuple(problems))


def _terms(v: Voice) -> tuple[tuple[str, str], ...]:
    return (
        (
            headings(v)["range"],
            v.t(
                "From what is certain today, whatever is still answered, to the best that can "
                "still come of it; the mark is today’s score."
            ),
        ),
        (
            v.t("Rank"),
            v.t(
                "By the level that is certain, then by the certain end of the score. Between: the "
                "ranks that nine of ten trials with other weights give."
            ),
        ),
        (
            v.t("Change"),
            v.t(
                "What answers made is the change over the items of both moments, with the answers "
                "of then under today’s facts; the rest comes from another scope or size."
            ),
        ),
        (
            v.t("Trials"),
            v.t(
                "Weights are judgements: a rank that changes with them says little. Each trial "
                "draws one of the weightings that lie between the bounds that the framework "
                "declares; all of them are equally likely."
            ),
        ),
        (
            v.t("Ahead of"),
            v.t(
                "The share of the others in its group that an engagement ranks above: of all, of "
                "its sector, of its business models. Nothing is said among fewer than five."
            ),
        ),
        (
            headings(v)["must_haves"],
            v.t("How many must-haves are not met; they hold the level down."),
        ),
        (
            v.t("Groups"),
            v.t(
                "Engagements of different frameworks, versions or sizes, or with changes of their "
                "own, are measured differently and never ranked together. Like for like compares "
                "them over what applies to all of one framework."
            ),
        ),
    )
