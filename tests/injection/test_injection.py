"""What people write is shown as they wrote it, in every format, screen, mail and terminal.

Each detector has a positive control: the same payload is found where nobody has escaped it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter

import jinja2
import openpyxl
import pytest
import typst

from tests.injection import detect
from tests.injection.hostile import hostile, outputs, said
from tests.injection.payloads import FORMS, WANTED, payloads
from workbook.workspace import Workspace

AT_ONCE = 10
QUICK = 2
"""Engagements of the quick part: each has payloads of every family."""
EVERY = payloads()


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("WORKBOOK_AS_OF", "2026-11-23")


def test_there_are_six_hundred_payloads_of_every_family():
    assert len({payload.text for payload in EVERY}) == WANTED
    assert {payload.family for payload in EVERY} == set(FORMS)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(QUICK))
def test_a_payload_is_text_wherever_it_is_shown(part):
    chosen = EVERY[part :: WANTED // AT_ONCE]
    seen: Counter[str] = Counter()
    found = []
    for name, make, look in outputs(hostile(chosen)):
        seen[name] += 1
        found += [f"{name}: {what}" for what in look(make())]
    assert found == []
    assert {"report", "csv", "docx", "ics", "pdf", "pptx", "xlsx", "letter"} <= seen.keys()


def of(*families):
    return [payload for payload in EVERY if payload.family in families]


def caught(look, made):
    """How many of these outputs, in which nothing is escaped, the detector finds."""
    return sum(bool(look(output)) for output in made)


def test_a_page_without_escaping_is_noticed():
    chosen = of("script")
    pages = [f"<p title=\"{p.text}\">{p.text}</p><p title='{p.text}'>x</p>" for p in chosen]
    assert caught(detect.page, pages) == len(chosen)


def test_a_template_that_is_filled_in_with_a_template_is_noticed():
    chosen = [p for p in of("template") if p.text.startswith("{{ 7 * 7 }}")]
    assert chosen
    pages = [jinja2.Template(p.text, autoescape=True).render() for p in chosen]
    assert caught(detect.page, pages) == len(chosen)


def test_a_cell_without_its_apostrophe_is_noticed():
    chosen = [p for p in of("formula") if detect.is_formula(p.text)]
    assert len(chosen) > 20

    def sheet(payload):
        made = io.StringIO(newline="")
        csv.writer(made).writerow([payload.text])
        return made.getvalue().encode("utf-8-sig")

    assert caught(detect.spreadsheet_text, map(sheet, chosen)) == len(chosen)


def test_a_formula_in_a_workbook_is_noticed():
    chosen = [p for p in of("formula") if p.text.startswith("=")]
    assert chosen

    def book(payload):
        made, stream = openpyxl.Workbook(), io.BytesIO()
        made.active.append([payload.text])
        made.save(stream)
        return stream.getvalue()

    assert caught(detect.workbook, map(book, chosen)) == len(chosen)


def test_a_field_in_a_document_is_noticed():
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def document(payload):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            body = f'<w:p xmlns:w="{word}"><w:r><w:t>{payload.text}</w:t></w:r></w:p>'
            archive.writestr("word/document.xml", body)
        return stream.getvalue()

    chosen = [p for p in of("field") if p.text.startswith(("</w:t>", "<w:instr"))]
    assert chosen
    assert caught(detect.office, map(document, chosen)) == len(chosen)


def test_a_text_that_typst_reckons_with_is_noticed():
    chosen = [p for p in of("typst") if p.text.startswith(('#text("DONE', '#("DONE'))][:4]
    assert chosen
    made = [typst.compile(payload.text.encode()) for payload in chosen]
    assert caught(detect.pdf, made) == len(chosen)


def test_a_line_of_a_calendar_is_noticed():
    chosen = [p for p in of("calendar") if "\n" in p.text]
    assert chosen
    made = [f"BEGIN:VCALENDAR\r\nSUMMARY:{p.text}\r\n".encode() for p in chosen]
    assert caught(detect.calendar, made) == len(chosen)


def test_a_header_of_a_mail_is_noticed():
    chosen = [p for p in of("mail") if p.text.startswith(("x\r\nBcc", "x\nSubject"))]
    assert chosen
    made = [f"To: a@b.example\r\nSubject: {p.text}\r\n\r\nHello".encode() for p in chosen]
    assert caught(detect.headers, made) == len(chosen)


def test_what_steers_a_terminal_is_noticed():
    chosen = of("terminal", "direction")
    assert caught(detect.terminal, [payload.text for payload in chosen]) == len(chosen)


def test_the_very_outputs_are_found_once_their_escaping_is_taken_away(monkeypatch):
    monkeypatch.setattr("workbook.exchange.tables.writing._inert", lambda cell: cell)
    leaking = {
        name
        for name, make, look in outputs(hostile(of("formula")[:AT_ONCE]))
        if name in {"csv", "tasks for csv"} and look(make())
    }
    assert leaking == {"csv", "tasks for csv"}


def test_a_command_shows_no_sign_that_steers(tmp_path, monkeypatch):
    """And it would, if what it writes were not made inert."""
    made = hostile(of("terminal")[:AT_ONCE])
    Workspace.at(tmp_path).new(made.engagement)
    words = ("history", "hostile", "--workspace", str(tmp_path))
    assert detect.terminal(said(*words)) == []
    monkeypatch.setattr("workbook.cli.output.inert", lambda text: text)
    assert detect.terminal(said(*words)) != []
