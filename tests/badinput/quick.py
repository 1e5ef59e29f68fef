"""Readers that take an input from memory, for inputs by the hundred thousand.

Each begins anew with every input, so that the bytes alone repeat what happened.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from types import SimpleNamespace

from sqlalchemy import select

from tests.badinput.damage import ODD_DATES, ODD_NUMBERS, ODD_TEXTS, YAML_TRICKS
from tests.badinput.drawn import documents
from tests.badinput.readers import (
    COLUMNS,
    KEY,
    MESSAGES,
    OVERLAID,
    OVERLAY,
    PARAMETERS,
    ROWS,
    TODAY,
    files,
)
from tests.badinput.trying import QuickReader
from tests.content.documents import GOOD
from workbook.batch import tables
from workbook.content.engagements import engagement_of
from workbook.content.reading import _json, parse
from workbook.errors import BadInput, Problem, WorkbookError
from workbook.exchange.intake import plan_of
from workbook.exchange.kinds import TableKind
from workbook.exchange.people.cells import pasted_grids
from workbook.exchange.raci import review, to_text
from workbook.exchange.raci.matrix import assemble
from workbook.exchange.request import ImportRequest, recipient_of
from workbook.exchange.tables.reading import grids_of, on_sheet
from workbook.i18n import voice
from workbook.report.brand import load_brand
from workbook.report.build import SECTIONS
from workbook.report.logo import logo_flaws
from workbook.store import Change, fold, rows
from workbook.store.tables import events
from workbook.workshop import Pass, Passes, close_round, open_round
from workbook.workspace import Session, Workspace

SMALL = "acme"
"""The engagement that messages, lists and events are about."""
LONGEST = 800
"""Bytes of a table: what is wrong needs few rows."""
ODD = tuple(text for text in (*ODD_NUMBERS, *ODD_DATES, *ODD_TEXTS) if len(text) < 40)
YAML_WORDS = (
    *(": ", "- ", "? ", "&a ", "*a", "!!str ", "!include ", "<<: ", "|\n ", ">-\n ", "\n  "),
    *("{", "}", "[", "]", '"', "'", "# ", "--- ", "...", "%YAML 1.2", "true", "null", "~", ".nan"),
)
JSON_WORDS = (
    *('{"', '":', "[", "]", "}", "null", "true", "false", "NaN", "Infinity", "1e999", '""'),
    *("\\ud83d", "\\ude00", "\\u0000", "\\n"),
)


def noise() -> tuple[bytes, ...]:
    """Bytes to draw from."""
    random = Random(7)  # noqa: S311 - the same each time
    return tuple(random.randbytes(size) for size in range(8, 400, 8))


def small(folder: Path) -> Session:
    """A small engagement in a store of its own, with a round that is open."""
    document = folder / f"{SMALL}.yaml"
    document.write_text(GOOD, "utf-8")
    workspace = Workspace.at(folder)
    session = workspace.open(document)
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    session.flush()
    return session


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _written(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def _tables(*folders: str) -> tuple[bytes, ...]:
    """The real files of these folders that are texts, and short."""
    every = files(*(f"exchange/{folder}/*" for folder in folders))
    return tuple(raw for _, raw in every if len(raw) <= LONGEST and raw[:2] != b"PK")


# Links


def link(_: Path) -> QuickReader:
    """A link as it comes, and as whoever knows the secret would sign it."""
    passes = Passes(bytes(32))
    good = passes.write(Pass(KEY, "paul-ney", TODAY))
    body = json.dumps([KEY, "paul-ney", TODAY.isoformat(), 1]).encode()

    def read(raw: bytes) -> object:
        try:
            return passes.read(raw.decode("latin-1"))
        except WorkbookError:
            parts = (raw, passes._sign(b"pass", raw))
            return passes.read(".".join(map(_in_an_address, parts)))

    return QuickReader(read, (good.encode(), body), (*JSON_WORDS, *ODD))


def _in_an_address(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


# Documents


def yaml_text(_: Path) -> QuickReader:
    """A text of YAML to plain values."""
    seeds = (*GOOD.split("\n"), *YAML_TRICKS)
    words = (*YAML_WORDS, *YAML_TRICKS, *ODD)
    return QuickReader(
        lambda raw: parse(_text(raw), "a.yaml"), tuple(map(str.encode, seeds)), words
    )


def json_text(_: Path) -> QuickReader:
    """A text of JSON to plain values and their places."""
    seeds = tuple(json.dumps(message).encode() for message in MESSAGES)
    return QuickReader(lambda raw: _json("a.json", _text(raw)), seeds, (*JSON_WORDS, *ODD))


def engagement(_: Path) -> QuickReader:
    """A whole document of an engagement, with an overlay."""
    head, _, _ = GOOD.partition("people:")
    seeds = (head, head + OVERLAY, GOOD, OVERLAID)
    fields = (f"{field}: " for field in dict.fromkeys(re.findall(r"(\w+): ", OVERLAID)))
    return QuickReader(
        lambda raw: engagement_of(parse(_text(raw), "a.yaml")),
        tuple(map(str.encode, seeds)),
        (*YAML_WORDS, *fields, *ODD),
        longest=1_500,
    )


def engagement_drawn(folder: Path) -> QuickReader:
    """A whole document in which other values stand in a few places."""
    return QuickReader(engagement(folder).read, noise(), drawn=documents(parse(OVERLAID).data))


def brand(folder: Path) -> QuickReader:
    """The file of a brand."""
    seeds = (
        b"colours: {accent: '#1f4e79'}\nfont: Arial\nsections: [map]\n",
        b"cover: {title: {en: A, fr: B}, lines: [a, {en: b}], layout: x}\n",
        b"font: Arial\nfonts: [a.ttf]\n",
        b"logo: logo.svg\nhead: a\nfoot: {en: a}\ndocx: a.docx\npptx: a.pptx\nlayout: x\n",
    )
    named = {"a.ttf": b"OTTO", "logo.svg": SVG, "a.docx": b"", "a.pptx": b""}
    for name, content in named.items():
        _written(folder / name, content)
    path, sections = folder / "brand.yaml", tuple(SECTIONS)
    words = (*YAML_WORDS, "colours: ", "ink: ", "quiet: ", "'#0B5D66'", *sections, *ODD)
    return QuickReader(lambda raw: load_brand(_written(path, raw), sections), seeds, words)


def brand_drawn(folder: Path) -> QuickReader:
    """The file of a brand in which other values stand in a few places."""
    good = {
        "colours": {"accent": "#1f4e79", "ink": "#1A2230"},
        "cover": {"title": {"en": "A", "fr": "B"}, "lines": ["a", {"en": "b"}]},
        "sections": ["map"],
        "foot": {"en": "a"},
        "font": "Arial",
        "head": "a",
    }
    return QuickReader(brand(folder).read, noise(), drawn=documents(good))


PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
JPEG = "/9j/4AAQSkZJRgABAQAAAQABAAD/wAALCAABAAEBAREA/9k="
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0 0"/></g><style>a{}</style></svg>'


def logo(folder: Path) -> QuickReader:
    """A picture as SVG, PNG or JPEG."""

    def read(raw: bytes) -> None:
        ending = ".png" if raw[:1] in {b"\x89", b"\xff"} else ".svg"
        if flaws := list(logo_flaws(_written(folder / f"logo{ending}", raw))):
            raise BadInput(flaw.problem() for flaw in flaws)

    words = (
        *("<use href=", "xlink:href=", "url(#a)", "@import", "<!DOCTYPE", "&#1;", "<![CDATA["),
        *("<?a ?>", "xmlns:a=", "xml:base=", "onload=", "IHDR", "pHYs", "Exif", "IEND", "MM", "II"),
    )
    return QuickReader(read, (SVG, *map(base64.b64decode, (PNG, JPEG))), (*words, *ODD))


# Tables

TABLE_WORDS = (
    *("\n", "\r\n", ",", ";", "\t", "|", "| --- | --- |\n", '"', "sep=;\n", "<table>", "<tr><td>"),
    *("<td rowspan=9>", "</table>", "\ufeff", "BEGIN:VCARD", "- ", "1. ", " <a@b.c>", "- [x] "),
)


def table(_: Path) -> QuickReader:
    """A text to tables, as a file and as what is pasted; a catalogue is YAML."""

    def read(raw: bytes) -> None:
        pasted_grids(_text(raw), "pasted")
        grids_of(raw, "a.yaml" if b"kind:" in raw or b"openapi:" in raw else "a.csv")

    seeds = _tables("systems", "people", "tasks")
    words = (*TABLE_WORDS, "kind: System", "spec: {owner: a}", "metadata: {name: a}", "x-cortex-")
    return QuickReader(read, seeds, (*words, *ODD), longest=LONGEST)


def matrix(_: Path) -> QuickReader:
    """A text to a RACI matrix, and what is wrong with it."""

    def read(raw: bytes) -> object:
        found = assemble(on_sheet(grids_of(raw, "a.csv"), None, "a.csv"))
        if found is None:
            raise BadInput(Problem("no matrix"))
        return to_text(review(found), voice("fr"))

    seeds = (*_tables("matrices", "client_matrices"), b"Task,Ana,Bo\nOrders,R,A/C\nStock,I,R\n")
    words = ("R", "A", "C", "I", "R/A", "A*", "(C)", "Responsible", "Accountable", "Legend", "RACI")
    return QuickReader(read, seeds, (*TABLE_WORDS, *words, *ODD), longest=LONGEST)


def client_list(folder: Path) -> QuickReader:
    """A text that is taken into an engagement: people, systems, answers, tasks."""
    session = small(folder)
    recipient = recipient_of(session, TODAY, partial(Passes.of, Workspace.at(folder).store))
    request = ImportRequest(today=TODAY)

    def read(raw: bytes) -> None:
        pasted = pasted_grids(_text(raw), "pasted")
        plan_of(Path("a"), pasted, recipient, replace(request, otherwise=TableKind.PEOPLE))
        plan_of(Path("a.csv"), grids_of(raw, "a.csv"), recipient, request)

    seeds = _tables("people", "systems", "tasks", "answers", "company", "brightmoor")
    words = ("Name", "Title", "E-mail", "Owner", "Application", "Due date", "Status", "Ana Ruiz")
    return QuickReader(read, seeds, (*TABLE_WORDS, *words, *ODD), longest=LONGEST)


def batch_rows(folder: Path) -> QuickReader:
    """Rows of a batch, as CSV and as lines of JSON."""
    csv, lines = folder / "rows.csv", folder / "rows.jsonl"

    def read(raw: bytes) -> None:
        path = _written(lines if raw[:1] in {b"{", b" ", b"\n"} else csv, raw)
        tables.columns(path, PARAMETERS)
        refused = [row for row in tables.rows(path, PARAMETERS, KEY) if hasattr(row, "problems")]
        if refused:
            raise BadInput(problem for row in refused for problem in row.problems)

    seeds = (
        "\n".join(map(",".join, ROWS)).encode(),
        json.dumps(dict(zip(*ROWS, strict=True))).encode(),
    )
    return QuickReader(read, seeds, (*JSON_WORDS, *TABLE_WORDS, *ROWS[0], *ODD))


# Events of a store


def event(folder: Path) -> QuickReader:
    """One event, from a topic and the columns that hold something else, in an anonymous round."""
    session = small(folder)
    session.record(Change(("anonymous",), True))  # noqa: FBT003 - its value
    before = [event for event in session.history() if event.subject[0] in AROUND]
    session.record(close_round(session.engagement, dt.datetime.now(dt.UTC)))
    session.flush()
    closing = replace(session.history()[-1], seq=0)
    with Workspace.at(folder).store._database.reading() as connection:
        columns = [dict(row._mapping) for row in connection.execute(select(events))]
    first = {row["topic"]: row for row in reversed(columns)}
    # Nobody's key is found. Besides, atheris never frees what a comparison in SQLAlchemy gives.
    rows._looked_up = lambda *_: {}

    def read(raw: bytes) -> object:
        topic, *lines = _text(raw).split("\n")
        row = dict(first.get(topic, first["person"]))
        row |= {name: text for name, _, text in (line.partition(" ") for line in lines)}
        if re.fullmatch("[0-9]{1,18}", str(row["schema"])):  # as a column of numbers takes it
            row["schema"] = int(row["schema"])
        (damaged,) = rows.read_events(None, row["engagement"], [SimpleNamespace(**row)])
        return fold((*before, replace(damaged, seq=0), closing))

    seeds = (
        f"{topic}\n{column} {row[column]}" for topic, row in first.items() for column in COLUMNS
    )
    words = (*JSON_WORDS, *first, *(f"\n{column} " for column in COLUMNS), '{"@":"', '{"~":"', *ODD)
    return QuickReader(read, tuple(map(str.encode, seeds)), words)


AROUND = ("framework", "organisation", "programme", "anonymous", "round", "respondent")
"""Topics of the events around it."""
