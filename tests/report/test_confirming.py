"""Who is to confirm again what they own: listed in the report, and dated in the calendar."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import icalendar
import pytest

from tests.report.examples import AS_OF, example
from workbook import report
from workbook.i18n import voice
from workbook.model.engagement import ThresholdChanges
from workbook.model.rules import in_force
from workbook.office.ics import ics
from workbook.report.nameless import without_names
from workbook.report.value import TextTable
from workbook.scoring import evaluate
from workbook.scoring.confirming import confirmations
from workbook.scoring.encode import read_engagement

NAME = "atelier-belval"


def built(document, framework, lang="fr"):
    return report.build(framework, document, evaluate(framework, document, AS_OF), lang)


def calendar(made):
    events = icalendar.Calendar.from_ical(ics(made)).walk("VEVENT")
    return [event for event in events if "reconfirmer" in event["summary"]]


@pytest.mark.parametrize("days", [0, 1, 60])
def test_an_ownership_is_stale_from_the_day_after_it_was_to_be_confirmed(days):
    document, framework = example(NAME)
    limits = ThresholdChanges(stale_days=days)
    changed = in_force(
        framework.framework, document.overlay.model_copy(update={"thresholds": limits})
    )
    due = {each.focal_point: each.due for each in confirmations(read_engagement(changed, document))}
    for day in {*due.values(), *(day + dt.timedelta(1) for day in due.values())}:
        findings = evaluate(changed, document, day).findings
        stale = {f.focal_point for f in findings if f.kind == "stale_ownership"}
        assert stale == {key for key, last in due.items() if last < day}


def test_each_owner_has_an_entry_for_each_day_in_the_calendar():
    made = built(*example(NAME))
    table = next(
        block
        for block in made.section("map").blocks
        if isinstance(block, TextTable) and block.dates
    )
    listed = Counter((entry.day, entry.title) for entry in table.dates)
    events = [
        (event["dtstart"].dt, event["summary"].removeprefix(f"{made.origin} · "))
        for event in calendar(made)
    ]
    assert len(listed) > 1
    assert Counter(events) == listed


def test_whoever_confirms_moves_their_entry_and_nobody_elses():
    document, framework = example(NAME)
    before = {event["uid"]: event["dtstart"].dt for event in calendar(built(document, framework))}
    again = tuple(
        decision.model_copy(update={"confirmed_on": AS_OF})
        if decision.owner == "salome-petitjean"
        else decision
        for decision in document.decisions
    )
    later = document.model_copy(update={"decisions": again})
    after = {event["uid"]: event["dtstart"].dt for event in calendar(built(later, framework))}
    assert before.keys() == after.keys()
    assert sum(before[uid] != after[uid] for uid in before) == 1


def test_without_names_the_calendar_has_titles_alone():
    document, framework = example(NAME)
    hidden = ics(built(without_names(document, voice("fr")), framework)).decode()
    shown = ics(built(document, framework)).decode()
    for person in document.people:
        assert person.name.split()[0] not in hidden
    assert any(person.name in shown for person in document.people)
