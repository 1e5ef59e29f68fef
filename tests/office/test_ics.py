"""The calendar, read by a library that did not write it: every date once, under a lasting name."""

from __future__ import annotations

import datetime as dt
import itertools
import os

import pytest
import vobject
from typer.testing import CliRunner

from tests.report.examples import AS_OF, EXAMPLES, example, report_of
from workbook import report
from workbook.cli.main import app
from workbook.content import dump_engagement
from workbook.fragments.timeline import Timeline
from workbook.i18n import languages
from workbook.office import RENDERERS
from workbook.report.value import Actions, TextTable
from workbook.scoring import evaluate
from workbook.workspace import Workspace


def events(content):
    calendar = vobject.readOne(content.decode("utf-8"))
    assert calendar.method.value == "PUBLISH"
    return {event.uid.value: event for event in calendar.vevent_list}


def blocks(made, kind):
    return [b for section in made.sections for b in section.blocks if isinstance(b, kind)]


@pytest.mark.parametrize(("name", "lang"), tuple(itertools.product(EXAMPLES, languages())))
def test_it_holds_every_date_of_the_report_once(name, lang):
    made = report_of(name, lang)
    expected = [line.due for block in blocks(made, Actions) for line in block.lines]
    for line in blocks(made, Timeline):
        expected += [line.go_live, *line.checkpoints]
        expected += [system.on for system in line.systems if system.on]
    expected += [entry.day for table in blocks(made, TextTable) for entry in table.dates]
    content = RENDERERS["ics"](made)
    found = events(content)
    assert len(found) == content.count(b"BEGIN:VEVENT")
    assert sorted(event.dtstart.value for event in found.values()) == sorted(expected)


def test_an_event_keeps_its_name_in_every_language_and_gets_a_later_sequence():
    november, december = (
        events(RENDERERS["ics"](report.show("maison-lorient", lang=lang, as_of=day).report))
        for lang, day in (("en", "2026-11-23"), ("fr", "2026-12-07"))
    )
    assert len(november.keys() & december.keys()) > 8
    for uid in november.keys() & december.keys():
        assert int(december[uid].sequence.value) > int(november[uid].sequence.value)
        assert december[uid].dtstamp.value > november[uid].dtstamp.value


def test_a_second_import_moves_the_one_date_that_moved():
    engagement, rules = example("maison-lorient")
    later = engagement.programme.go_live + dt.timedelta(days=9)
    programme = engagement.programme.model_copy(update={"go_live": later})
    moved = engagement.model_copy(update={"programme": programme})
    before, after = (
        events(RENDERERS["ics"](report.build(rules, each, evaluate(rules, each, day), "en")))
        for each, day in ((engagement, AS_OF), (moved, AS_OF + dt.timedelta(days=1)))
    )
    (uid,) = (uid for uid, event in after.items() if event.dtstart.value == later)
    assert before[uid].dtstart.value == engagement.programme.go_live
    assert int(after[uid].sequence.value) > int(before[uid].sequence.value)
    assert later not in {event.dtstart.value for event in before.values()}


def test_a_change_on_the_same_day_gets_a_later_sequence_and_a_copy_the_same(tmp_path):
    engagement, _ = example("maison-lorient")
    path, day = tmp_path / "maison-lorient.yaml", AS_OF.isoformat()
    later = engagement.programme.go_live + dt.timedelta(days=9)
    moved = engagement.programme.model_copy(update={"go_live": later})

    def exported(document, hour):
        path.write_text(dump_engagement(document), "utf-8")
        when = dt.datetime(2026, 11, 23, hour, 30, tzinfo=dt.UTC).timestamp()
        os.utime(path, (when, when))
        return RENDERERS["ics"](report.show(str(path), as_of=day).report)

    first, again = exported(engagement, 9), exported(engagement, 9)
    before = events(first)
    after = events(exported(engagement.model_copy(update={"programme": moved}), 10))
    assert first == again
    (uid,) = (uid for uid, event in after.items() if event.dtstart.value == later)
    assert int(after[uid].sequence.value) > int(before[uid].sequence.value)
    assert after[uid].dtstamp.value > before[uid].dtstamp.value


def test_a_batch_says_when_the_document_or_the_stored_engagement_changed(tmp_path):
    changed = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
    home = Workspace.at(tmp_path / "home", clock=lambda: changed)
    home.new(example("maison-lorient").engagement)
    document = tmp_path / "tidewater-outdoor.yaml"
    document.write_bytes(EXAMPLES["tidewater-outdoor"].read_bytes())
    os.utime(document, (changed.timestamp(), changed.timestamp()))
    sources = [str(tmp_path / "home" / "workbook.db"), str(document)]
    options = ["--out", str(tmp_path / "out"), "--as-of", "2026-11-23", "--format", "ics"]
    ran = CliRunner().invoke(app, ["batch", *sources, *options])
    assert ran.exit_code == 0, ran.output
    made = list((tmp_path / "out").glob("*.ics"))
    assert len(made) == 2
    for file in made:
        stamps = {event.dtstamp.value for event in events(file.read_bytes()).values()}
        assert stamps == {changed}


@pytest.mark.parametrize("name", EXAMPLES)
def test_both_languages_name_the_same_events(name):
    english, french = (events(RENDERERS["ics"](report_of(name, lang))) for lang in ("en", "fr"))
    assert english.keys() == french.keys()


def test_two_engagements_share_no_event():
    first, second = (
        events(RENDERERS["ics"](report_of(name, "en")))
        for name in ("maison-lorient", "tidewater-outdoor")
    )
    assert not first.keys() & second.keys()


def test_lines_that_somebody_wrote_end_no_event():
    made = report_of("maison-lorient", "en")
    (block,) = blocks(made, Actions)
    title = "Call\r\nEND:VEVENT\r\nBEGIN:VALARM; then, \\n wait"
    evil = Actions("", (type(block.lines[0])(title, "Ana", dt.date(2027, 1, 4), 1, 1.0, key="x"),))
    section = type(made.sections[0])("actions", "Do", (evil,))
    tampered = type(made)(
        **{**{f: getattr(made, f) for f in made.__slots__}, "sections": (section,)}
    )
    content = RENDERERS["ics"](tampered)
    assert content.count(b"BEGIN:VEVENT") == content.count(b"\r\nEND:VEVENT\r\n") == 1
    assert b"\r\nBEGIN:VALARM" not in content
    (event,) = events(content).values()
    assert "END:VEVENT" in event.summary.value
