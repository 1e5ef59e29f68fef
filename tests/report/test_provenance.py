"""Each file of a report says what it was made from, and `workbook verify` finds it again."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from workbook.batch.formats import DIRECT, direct
from workbook.cli.main import app
from workbook.content import load_engagement
from workbook.office import RENDERERS
from workbook.report import page, show
from workbook.report.provenance import provenance_of, read_provenance
from workbook.resources import templates
from workbook.scoring import evaluate
from workbook.store import Change
from workbook.workspace import Workspace

EXAMPLES = templates() / "engagements"
NO_HEAD = "It carries no head of a chain"
DAY = "2026-11-23"
START = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def home(tmp_path, monkeypatch) -> Workspace:
    """A workspace with one engagement."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    home = Workspace.at(tmp_path)
    began = load_engagement(EXAMPLES / "fernhill-supply.yaml").engagement
    home.new(began.model_copy(update={"key": "acme"}), "Marie")
    return home


@pytest.fixture
def report(home: Workspace) -> Path:
    """The report of an engagement of the workspace, as a page."""
    file = home.path / "report.html"
    file.write_text(page(show("acme", as_of=DAY).report), "utf-8")
    return file


@pytest.mark.parametrize("form", sorted(DIRECT))
def test_files_of_every_format_say_what_they_were_made_from(form):
    document = EXAMPLES / "borealis-parts.yaml"
    content = direct(form, {"engagement": str(document), "as_of": DAY, "lang": "en"})
    engagement, rules = load_engagement(document)
    expected = provenance_of(
        rules, engagement, evaluate(rules, engagement, dt.date(2026, 11, 23)), "en"
    )
    encoded = content if isinstance(content, bytes) else content.encode()
    assert read_provenance(encoded) == expected


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["sponsor", "owner", "handover", "poster"])
def test_documents_for_each_reader_say_it_too(reader):
    document = EXAMPLES / "fernhill-supply.yaml"
    shown = show(str(document), as_of=DAY, reader=reader)
    origin = read_provenance(RENDERERS["pdf"](shown.report))
    assert str(origin) == shown.report.provenance != ""


def test_a_report_is_found_again_in_its_store_whatever_came_after(home, report):
    head = home.store.head("acme")
    assert read_provenance(report.read_bytes()).head == head[:24]
    found = run("verify", report)
    assert (found.exit_code, NO_HEAD in found.output) == (0, False)
    home.open("acme", "Marie").record(Change(("person", "zoe"), {"name": "Zoé"}))
    later = run("verify", report)
    assert (later.exit_code, "1 event came after it" in later.output) == (0, True)


@pytest.mark.slow
def test_a_report_of_a_batch_is_found_as_long_as_nothing_has_changed(home, tmp_path):
    out = tmp_path / "out"
    made = run("batch", home.path, "--as-of", DAY, "--format", "json", "--out", out)
    assert made.exit_code == 0, made.output
    (file,) = (path for path in out.glob("*.json") if read_provenance(path.read_bytes()))
    assert run("verify", file).exit_code == 0
    home.open("acme", "Marie").record(Change(("person", "zoe"), {"name": "Zoé"}))
    changed = run("verify", file)
    assert (changed.exit_code, "stands as the report tells" in changed.output) == (1, True)


def test_a_report_from_before_an_erasure_tells_of_what_is_gone(home, report):
    session = home.open("acme", "Marie")
    session.erase(session.engagement.people[0].id)
    gone = run("verify", report)
    assert (gone.exit_code, "changed or erased since" in gone.output) == (1, True)


def test_a_report_of_a_damaged_store_is_not_vouched_for(home, report):
    with closing(sqlite3.connect(home.path / "workbook.db")) as raw:
        raw.execute("DROP TRIGGER events_refuse_update")
        raw.execute("UPDATE events SET actor = 'x' WHERE seq = 3")
        raw.commit()
    damaged = run("verify", report)
    assert (damaged.exit_code, "event 3" in damaged.stderr) == (1, True)


def test_a_report_by_other_rules_is_told_apart_from_one_of_other_answers(tmp_path):
    document, changed = EXAMPLES / "fernhill-supply.yaml", tmp_path / "changed.yaml"
    file = tmp_path / "report.html"
    file.write_text(page(show(str(document), as_of=DAY).report), "utf-8")
    overlay = "\noverlay:\n  thresholds: {stale_days: 90}\n"
    changed.write_text(document.read_text("utf-8") + overlay, "utf-8")
    other = run("verify", file, changed)
    assert (other.exit_code, "The rules are not those" in other.stderr) == (1, True)


def test_a_report_of_another_store_is_not_found(report, tmp_path):
    other = tmp_path / "other"
    lost = run("verify", report, "--workspace", other)
    assert (lost.exit_code, "no event with the head" in lost.output) == (1, True)


@pytest.mark.parametrize("names", [True, False], ids=["with names", "without names"])
def test_a_report_is_found_again_in_its_document(tmp_path, names):
    document = EXAMPLES / "fernhill-supply.yaml"
    file = tmp_path / "report.html"
    file.write_text(page(show(str(document), as_of=DAY, names=names).report), "utf-8")
    found = run("verify", file, document)
    assert (found.exit_code, NO_HEAD in found.output) == (0, True)
    changed = tmp_path / "changed.yaml"
    changed.write_text(
        document.read_text("utf-8").replace("name: Fernhill", "name: Fernhall", 1), "utf-8"
    )
    other = run("verify", file, changed, "--json")
    assert (other.exit_code, json.loads(other.output)["ok"]) == (1, False)


def test_a_file_that_says_nothing_is_refused(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("workbook-report/1;head=abc", "utf-8")
    refused = run("verify", file)
    assert (refused.exit_code, "does not say what it was made from" in refused.output) == (2, True)


def test_a_report_of_a_document_asks_for_the_document(tmp_path):
    file = tmp_path / "report.json"
    values = {"engagement": str(EXAMPLES / "borealis-parts.yaml"), "as_of": DAY}
    file.write_text(str(direct("json", values)), "utf-8")
    refused = run("verify", file, "--workspace", tmp_path)
    assert (refused.exit_code, "name the document, too" in refused.output) == (2, True)


def test_no_answer_can_be_tried_against_an_anonymous_report():
    """Two answers that a small group hides give the same digest: it tells what may be shown."""
    engagement, rules = load_engagement(EXAMPLES / "fernhill-supply.yaml")
    secret = engagement.model_copy(update={"anonymous": True})
    few = secret.nominations[:2]
    digests = set()
    for note in ("one", "other"):
        told = tuple(nomination.model_copy(update={"note": note}) for nomination in few)
        whole = secret.model_copy(update={"nominations": told})
        evaluation = evaluate(rules, whole, dt.date(2026, 11, 23))
        digests.add(provenance_of(rules, whole, evaluation, "en").input)
    assert len(digests) == 1
