"""The report as tables of values: what a reader sorts, filters and counts with.

Workbooks and CSV files are made from these. Every cell holds a value rather than a wording of it;
what may not be shown (METHOD §2, §6) is blank here already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from workbook.fragments.ownership import Letter, MapRow
from workbook.model.engagement import Acceptance, Decision
from workbook.model.evaluation import Finding, JointAction, LevelSpan, Score, Status
from workbook.model.ownership import Consensus
from workbook.report.ahead import confirmations_table, forecast_table
from workbook.report.appendix import decided_by
from workbook.report.method import contributions_table
from workbook.report.ownership import map_row
from workbook.report.pictures import firmness_table, load_table, support_table
from workbook.report.schedule import timeline
from workbook.report.since import before_table, since_table
from workbook.report.value import Cell, DataColumn, DataTable
from workbook.wording.actions import action_title, joint_title, step_subjects, step_who
from workbook.wording.evidence import evidence_sentences
from workbook.wording.fields import field_names, value_names
from workbook.wording.figures import level_text, range_text, shown_point
from workbook.wording.findings import finding_explanation, finding_title
from workbook.wording.headings import absences, headings
from workbook.wording.names import capitalised
from workbook.wording.ownership import family_words
from workbook.wording.phrases import Phrases
from workbook.wording.states import consensus_word, severity_text
from workbook.wording.undertakings import status_words

Row = tuple[Cell, ...]


def data_tables(phrases: Phrases, sections: Iterable[str]) -> tuple[DataTable, ...]:
    """The tables of these sections, in reading order."""
    chosen = set(sections)
    return tuple(table(phrases) for section, table in TABLES if section in chosen)


# Scores


def _areas(phrases: Phrases) -> DataTable:
    """A row per area; the last is the whole."""
    evaluation = phrases.evaluation
    rows = [
        (
            area.area,
            phrases.area(area.area),
            _level(phrases, area.level),
            area.share,
            *_score(phrases, area.score),
        )
        for area in evaluation.areas
    ]
    whole = headings(phrases.voice)["all_areas"]
    level = _level(phrases, evaluation.level)
    rows.append(("", whole, level, 1.0, *_score(phrases, evaluation.score)))
    columns = _score_columns(phrases, DataColumn("level", headings(phrases.voice)["level"]))
    return DataTable("areas", phrases.voice.t("Scores"), columns, tuple(rows))


def _criteria(phrases: Phrases) -> DataTable:
    """A row per criterion of each area."""
    rows = tuple(
        (
            area.area,
            phrases.area(area.area),
            phrases.criterion(part.criterion),
            part.weight,
            *_score(phrases, part.score),
        )
        for area in phrases.evaluation.areas
        for part in area.criteria
    )
    v = phrases.voice
    columns = _score_columns(phrases, DataColumn("criterion", v.t("Criterion")))
    return DataTable("criteria", v.t("Scores"), columns, rows)


def _score_columns(phrases: Phrases, second: DataColumn) -> tuple[DataColumn, ...]:
    v, words = phrases.voice, headings(phrases.voice)
    return (
        DataColumn("area_key", words["area"], "key"),
        DataColumn("area", words["area"]),
        second,
        DataColumn("weight", v.t("Weight"), "share"),
        DataColumn("score", words["score"], "score"),
        DataColumn("low", v.t("Lower bound"), "score"),
        DataColumn("high", v.t("Upper bound"), "score"),
        DataColumn("reading", words["range"]),
    )


def _score(phrases: Phrases, score: Score) -> Row:
    """The number where one may be read, the bounds, and how to read them."""
    applies = score.status is not Status.NOT_APPLICABLE
    low, high = (score.low, score.high) if applies else (None, None)
    return shown_point(score), low, high, range_text(score, phrases.voice)


def _level(phrases: Phrases, level: LevelSpan | None) -> str:
    if level is None:
        return absences(phrases.voice)["not_applicable"]
    return level_text(phrases.rules, level, phrases.voice)


# Ownership


def _ownership(phrases: Phrases) -> DataTable:
    """A row per subject in scope: who is accountable, who stands in, how that stands."""
    v, words, fields = phrases.voice, headings(phrases.voice), field_names(phrases.voice)
    columns = (
        DataColumn("area_key", words["area"], "key"),
        DataColumn("subject_key", words["subject"], "key"),
        DataColumn("subject", words["subject"]),
        DataColumn("area", words["area"]),
        DataColumn("state", fields["state"]),
        DataColumn("owner", fields["owner"]),
        DataColumn("deputy", fields["deputy"]),
        *(DataColumn(role, fields[role]) for role in ("responsible", "consulted", "informed")),
        DataColumn("decided", words["decided"], "date"),
        DataColumn(
            "acceptance", fields["acceptance"], choices=tuple(_acceptances(phrases).values())
        ),
        DataColumn("note", fields["note"]),
    )
    rows = tuple(
        (area.key, subject.key, *_owned(phrases, area.key, subject.key))
        for area in phrases.rules.areas
        for subject in area.focal_points
        if subject.key in phrases.reading.panels
    )
    return DataTable("ownership", v.t("Ownership"), columns, rows)


def _owned(phrases: Phrases, area: str, subject: str) -> Row:
    row = map_row(phrases, phrases.reading.panels[subject])
    decision = phrases.reading.decisions.get(subject)
    return (
        row.label,
        phrases.area(area),
        family_words(phrases.voice)[row.state].text,
        *(_holders(phrases, row, letter) for letter in ("A", "D", "R", "C", "I")),
        decision.decided_on if decision else None,
        _accepted(phrases, decision.acceptance if decision else None),
        row.note,
    )


def _holders(phrases: Phrases, row: MapRow, letter: Letter) -> str:
    return ", ".join(phrases.party(party) for party, letters in row.marks if letter in letters)


def _chosen(words: Mapping[Any, str]) -> tuple[str, ...]:
    return tuple(words.values())


def _acceptances(phrases: Phrases) -> Mapping[str, str]:
    words = value_names(phrases.voice)
    return {state: words[state] for state in ("accepted", "pending", "declined")}


def _accepted(phrases: Phrases, acceptance: Acceptance | None) -> str:
    return _acceptances(phrases)[acceptance.state] if acceptance else ""


# Actions, decisions, findings


def _actions(phrases: Phrases) -> DataTable:
    """A row per step, first things first."""
    v, words = phrases.voice, headings(phrases.voice)
    columns = (
        DataColumn("number", v.t("No."), "count"),
        DataColumn("action", words["action"]),
        DataColumn("subjects", words["subject"]),
        DataColumn("who", words["who"]),
        DataColumn("due", words["due"], "date", editable=True),
        DataColumn("status", words["status"], choices=_chosen(status_words(v))),
        DataColumn("effort_hours", words["effort_hours"], "number"),
        DataColumn("gain", words["gain"], "number"),
    )
    status = {each.action: each.status for each in phrases.engagement.undertakings}
    words_of = status_words(v)

    def row(number: int, step: JointAction) -> Row:
        known = status.get(step.actions[0].key) if len(step.actions) == 1 else None
        return (
            number,
            joint_title(phrases, step.actions),
            ", ".join(step_subjects(phrases, step)),
            step_who(phrases, step),
            step.due,
            words_of[known] if known else "",
            step.effort_hours,
            step.gain_low,
        )

    rows = tuple(row(number, step) for number, step in enumerate(phrases.evaluation.steps, 1))
    return DataTable("actions", words["actions"], columns, rows)


def _decisions(phrases: Phrases) -> DataTable:
    """A row per decision, those withdrawn too."""
    v, words, fields = phrases.voice, headings(phrases.voice), field_names(phrases.voice)
    columns = (
        DataColumn("subject_key", words["subject"], "key"),
        DataColumn("subject", words["subject"]),
        DataColumn("state", words["status"]),
        DataColumn("owner", fields["owner"]),
        DataColumn("deputy", fields["deputy"]),
        DataColumn("decided_by", v.t("Decided by")),
        DataColumn("decided", words["decided"], "date"),
        DataColumn("confirmed", v.t("Confirmed on"), "date"),
        DataColumn(
            "acceptance", fields["acceptance"], choices=tuple(_acceptances(phrases).values())
        ),
        DataColumn("reason", fields["reason"]),
        DataColumn("note", fields["note"]),
    )
    order = {key: position for position, key in enumerate(phrases.places)}
    decisions = sorted(
        phrases.engagement.decisions, key=lambda each: order.get(each.focal_point, len(order))
    )
    rows = tuple(_decision(phrases, each) for each in decisions)
    return DataTable("decisions", v.t("Decisions"), columns, rows)


def _decision(phrases: Phrases, decision: Decision) -> Row:
    v, names = phrases.voice, value_names(phrases.voice)
    state = capitalised(v.t("withdrawn")) if decision.withdrawn else names.get(decision.state, "")
    who = decision.model_copy(update={"decided_on": None, "confirmed_on": None, "withdrawn": False})
    return (
        decision.focal_point,
        phrases.focal(decision.focal_point),
        state or headings(v)["decided"],
        phrases.party_label(decision.owner) if decision.owner else "",
        phrases.party_label(decision.deputy) if decision.deputy else "",
        decided_by(phrases, who),
        decision.decided_on,
        decision.confirmed_on,
        _accepted(phrases, decision.acceptance),
        decision.reason or decision.title_reason or "",
        decision.note or "",
    )


def _findings(phrases: Phrases) -> DataTable:
    """A row per finding that may be shown."""
    v, words = phrases.voice, headings(phrases.voice)
    columns = (
        DataColumn("kind", words["finding"], "key"),
        DataColumn("severity", words["severity"]),
        DataColumn("finding", words["finding"]),
        DataColumn("area", words["area"]),
        DataColumn("subject", words["subject"]),
        DataColumn("explanation", v.t("Why it matters")),
        DataColumn("rests_on", words["rests_on"]),
        DataColumn("action", words["action"]),
    )
    answers = {
        key: action for action in reversed(phrases.evaluation.actions) for key in action.findings
    }

    def row(finding: Finding) -> Row:
        action = answers.get(finding.key)
        return (
            finding.kind,
            severity_text(finding.severity, v),
            finding_title(phrases, finding),
            phrases.area(finding.area) if finding.area else words["all_areas"],
            phrases.focal(finding.focal_point) if finding.focal_point else "",
            finding_explanation(phrases, finding),
            " ".join(evidence_sentences(phrases, finding)),
            action_title(phrases, action) if action else "",
        )

    return DataTable("findings", words["findings"], columns, tuple(map(row, phrases.findings)))


# Votes and dates


def _votes(phrases: Phrases) -> DataTable:
    """A row per subject with several voices; of few anonymous ones nothing is told."""
    v, words = phrases.voice, headings(phrases.voice)
    columns = (
        DataColumn("subject_key", words["subject"], "key"),
        DataColumn("subject", words["subject"]),
        DataColumn("area", words["area"]),
        DataColumn("agreement", words["agreement"]),
        DataColumn("votes", words["votes"], "count"),
        DataColumn("first", v.t("Most named")),
        DataColumn("first_votes", v.t("Votes for the most named"), "count"),
        DataColumn("second", v.t("Second most named")),
        DataColumn("second_votes", v.t("Votes for the second"), "count"),
        DataColumn("other_votes", v.t("Votes for others"), "count"),
    )
    return DataTable("votes", words["votes"], columns, tuple(_vote_rows(phrases)))


def _vote_rows(phrases: Phrases) -> Iterator[Row]:
    for key, focal in phrases.agreement.items():
        if focal.votes < 2 or key not in phrases.places:  # noqa: PLR2004 - nothing to compare
            continue
        withheld = focal.outcome is Consensus.WITHHELD or not focal.shares
        shares = () if withheld else focal.shares[:2]
        named: list[Cell] = []
        for party, votes in shares:
            named += [phrases.party(party), votes]
        yield (
            key,
            phrases.focal(key),
            phrases.area(phrases.places[key][0].key),
            consensus_word(focal.outcome, phrases.voice).text,
            None if withheld else focal.votes,
            *named,
            *[None] * (4 - len(named)),
            None if withheld else focal.votes - sum(votes for _, votes in shares),
        )


def _dates(phrases: Phrases) -> DataTable:
    """Everything dated: the programme's ends, checkpoints, systems."""
    v, words, line = phrases.voice, headings(phrases.voice), timeline(phrases)
    fields = field_names(v)
    columns = (
        DataColumn("kind", words["what"], "key"),
        DataColumn("what", words["what"]),
        DataColumn("date", words["when"], "date", editable=True),
        DataColumn("late", v.t("Days late"), "count"),
        DataColumn("note", fields["note"]),
    )
    blank = absences(v)["no_date"]
    rows: list[Row] = [("start", fields["start"], line.start, None, "")] if line.start else []
    rows += [("checkpoint", words["checkpoint"], day, None, "") for day in line.checkpoints]
    rows += [
        ("system", each.label, each.on, each.days_late or None, "" if each.on else blank)
        for each in line.systems
    ]
    rows.append(("go_live", fields["go_live"], line.go_live, None, ""))
    return DataTable("dates", v.t("Dates"), columns, tuple(rows))


TABLES: tuple[tuple[str, Callable[[Phrases], DataTable]], ...] = (
    ("score", _areas),
    ("score", _criteria),
    ("score", contributions_table),
    ("score", firmness_table),
    ("map", _ownership),
    ("map", load_table),
    ("map", support_table),
    ("map", confirmations_table),
    ("actions", _actions),
    ("appendix", _decisions),
    ("since", since_table),
    ("since", before_table),
    ("findings", _findings),
    ("agreement", _votes),
    ("timeline", _dates),
    ("timeline", forecast_table),
)
"""The tables in reading order, with the sections of the report that they belong to."""
