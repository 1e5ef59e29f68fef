"""Like for like in words: all engagements of one framework, whatever group they are ranked in."""

from __future__ import annotations

from workbook.portfolio.cohorts import Cohort, Family
from workbook.portfolio.links import Link
from workbook.portfolio.ranking import ALIKE, TWO, WHOLE, Row, score_of
from workbook.portfolio.value import AlikeLine, AlikeTable, Named
from workbook.wording.names import Vocabulary


def group_text(cohort: Cohort, names: Vocabulary) -> str:
    """What sets a cohort apart within its framework: the size, and whether it has changes."""
    size = names.profile(cohort.profile)
    return names.voice.t("{size}, with changes of its own", size=size) if cohort.overlaid else size


def alike_basis(family: Family, names: Vocabulary) -> str:
    """Over what engagements are compared like for like."""
    v, common = names.voice, family.common
    if not common.focal_points and not common.questions:
        return v.t("Nothing applies to all of them, so nothing compares them like for like.")
    subjects = v.n("{count} subject", "{count} subjects", len(common.focal_points))
    asked = len({question for question, _ in common.questions})
    questions = v.n("{count} question", "{count} questions", asked)
    return v.t(
        "Like for like: the score over the {subjects} and {questions} that apply to all, with the "
        "framework’s own weights.",
        subjects=subjects,
        questions=questions,
    )


def alike_tables(family: Family, names: Vocabulary, link: Link, key: str) -> tuple[AlikeTable, ...]:
    """One table where a framework has several groups, highest certain score first; else none."""
    v = names.voice
    if len(family.cohorts) < TWO:
        return ()
    lines = [
        _line(row, group_text(cohort, names), link)
        for cohort in family.cohorts
        for row in cohort.table.itertuples()
    ]
    lines.sort(key=lambda line: (-(line.alike.low or 0.0), line.who.name))
    note = v.t("The first {count}.", count=v.number(WHOLE)) if len(lines) > WHOLE else ""
    title = v.t("{framework}, like for like", framework=names.say(family.cohorts[0].rules.title))
    table = AlikeTable(
        key=key,
        title=title,
        basis=alike_basis(family, names),
        lines=tuple(lines[:WHOLE]),
        note=note,
    )
    return (table,)


def _line(row: Row, group: str, link: Link) -> AlikeLine:
    who = Named(row.name, link(row.Index))
    return AlikeLine(who=who, group=group, alike=score_of(row, ALIKE), score=score_of(row))
