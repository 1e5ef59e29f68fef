"""The workbook: values that compute, texts that never do, and nothing that may not be shown."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import re
import zipfile
from functools import cache, lru_cache

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from tests.office.libreoffice import converted
from tests.report.examples import AS_OF, EXAMPLES, VARIED, evaluated, example, report_of
from workbook import report
from workbook.exchange.tables.writing import csv_bytes
from workbook.i18n import languages, voice
from workbook.model.engagement import Person
from workbook.office import RENDERERS
from workbook.office.charts import CHART
from workbook.office.xlsx import LONGEST, put
from workbook.scoring import evaluate
from workbook.scoring.follow_through import follow_through
from workbook.wording import charts

# openpyxl does not know how newer programs draw bars; it keeps the older way beside it.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),
]
EVERY = tuple(itertools.product(EXAMPLES, languages()))


@cache
def content_of(name, lang):
    return RENDERERS["xlsx"](report_of(name, lang))


@lru_cache(maxsize=4)
def opened(content, **how):
    return openpyxl.load_workbook(io.BytesIO(content), **how)


def cells(book):
    return [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


@cache
def formulas(content):
    """Every formula with the value that was written beside it."""
    values = opened(content, data_only=True)
    return {
        (cell.parent.title, cell.coordinate): values[cell.parent.title][cell.coordinate].value
        for cell in cells(opened(content))
        if cell.data_type == "f"
    }


def table_of(book, name):
    """The rows of a table by their heads."""
    sheet = next(s for s in book if name in s.tables)
    heads, *rows = ([c.value for c in row] for row in sheet[sheet.tables[name].ref])
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_it_holds_what_the_evaluation_found(name, lang):
    book, evaluation = opened(content_of(name, lang), data_only=True), evaluated(name)
    sheets = [sheet.title for sheet in book]
    assert sheets[0] == {"en": "Summary", "de": "Zusammenfassung", "fr": "Synthèse"}[lang]
    assert len(table_of(book, "data_ownership")) == len(evaluation.ownership)
    assert len(table_of(book, "data_actions")) == len(evaluation.steps)
    assert len(table_of(book, "data_findings")) <= len(evaluation.findings)
    areas = table_of(book, "data_areas")
    heads = {
        "en": ("Lower bound", "Score"),
        "de": ("Untergrenze", "Score"),
        "fr": ("Borne basse", "Score"),
    }[lang]
    for row, area in zip(areas, evaluation.areas, strict=True):
        assert row[heads[0]] == pytest.approx(area.score.low)
        shown = area.score.point if area.score.status == "scored" else None
        assert row[heads[1]] == (pytest.approx(shown) if shown is not None else None)


@pytest.mark.parametrize("sheet", ["Scores", "Ownership", "Actions", "Findings"])
def test_a_sheet_is_ready_to_filter_to_scroll_and_to_print(sheet):
    page = opened(content_of("maison-lorient", "en"))[sheet]
    assert all(table.autoFilter for table in page.tables.values())
    assert page.freeze_panes == "B2"
    pages = None if sheet == "Scores" else 0  # one, which is not written: with its chart
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", pages)
    assert page.print_title_rows == "$1:$1"
    assert page.oddFooter.right.text == "&P / &N"
    widths = [page.column_dimensions[c.column_letter].width for c in page[1]]
    assert all(11 <= width <= 61 for width in widths)


CHARTED = {"areas", "contributions", "firmness", "load", "support", "votes", "forecast", "before"}


@cache
def followed_up(lang):
    """The report of an example with what was done since its earlier document."""
    engagement, rules = example("maison-lorient")
    earlier = engagement.model_copy(update={"decisions": ()})
    evaluation, day = evaluated("maison-lorient"), dt.date(2026, 3, 1)
    since = follow_through(rules, earlier, day, engagement, evaluation)
    return report.build(rules, engagement, evaluation, lang, since=since)


@pytest.mark.parametrize("lang", languages())
def test_charts_draw_the_cells_of_their_tables_and_say_what_they_show(lang):
    """Values beside a reference are those of its cells; titles are in the language."""
    content = RENDERERS["xlsx"](followed_up(lang))
    book = opened(content, data_only=True)
    seen, texts = set(), []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in sorted(archive.namelist()):
            if "/drawings/drawing" in part:
                texts += re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', archive.read(part).decode())
            if "/charts/chart" not in part:
                continue
            tree = etree.fromstring(archive.read(part))
            for reference in (*tree.iter(f"{{{CHART}}}numRef"), *tree.iter(f"{{{CHART}}}strRef")):
                sheet, _, address = reference.findtext(f"{{{CHART}}}f").rpartition("!")
                cells = book[sheet.strip("'")][address.replace("$", "")]
                row = cells if isinstance(cells, tuple) else ((cells,),)
                inside = [cell.value for each in row for cell in each]
                stored = [v.text for v in reference.iter(f"{{{CHART}}}v")]
                if reference.tag.endswith("numRef"):  # a blank cell is stored as 0
                    numbers = [float(value or 0) for value in inside]
                    assert list(map(float, stored)) == pytest.approx(numbers)
                else:
                    assert stored == list(map(str, inside))
                page = book[sheet.strip("'")]
                seen |= {name.removeprefix("data_") for name in page.tables}
    assert seen >= CHARTED
    assert len(texts) == len(CHARTED)
    (title,) = {charts.firmness_title(voice(lang))}
    assert any(text.startswith(title.replace("&", "&amp;")) for text in texts)


def test_what_a_reader_edits_is_checked():
    book = opened(content_of("maison-lorient", "en"))
    rules = {
        (sheet.title, rule.type, rule.formula1)
        for sheet in book
        for rule in sheet.data_validations.dataValidation
    }
    assert ("Actions", "list", '"To do,Under way,Done,Dropped"') in rules
    assert ("Ownership", "list", '"Accepted,Pending,Declined"') in rules
    assert {kind for sheet, kind, _ in rules if sheet == "Dates"} == {"date"}


def test_the_same_report_gives_the_same_bytes_in_its_language():
    first, second = (RENDERERS["xlsx"](report_of("lantern-games", "fr")) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = opened(first).properties
    assert (properties.language, properties.creator) == ("fr", None)
    assert properties.created.date() == AS_OF


EVIL = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "  =1+1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", EVIL)
def test_what_somebody_wrote_is_never_a_formula(text):
    engagement, rules = example("maison-lorient")
    people = tuple(
        Person(**{**person.model_dump(), "name": f"{text} {person.id}"})
        for person in engagement.people
    )
    organisation = engagement.organisation.model_copy(update={"name": text})
    changed = engagement.model_copy(update={"people": people, "organisation": organisation})
    content = RENDERERS["xlsx"](report.build(rules, changed, evaluated("maison-lorient"), "en"))
    written = [cell for cell in cells(opened(content)) if text.strip() in str(cell.value)]
    assert len(written) > 20
    assert {cell.data_type for cell in written} == {"s"}
    assert len(formulas(content)) == len(formulas(content_of("maison-lorient", "en")))


def test_the_check_on_formulas_can_fail():
    """The control: the library itself makes a formula of such a text unless it is told not to."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "=1+1")
        put(sheet, (1, 0), "=1+1", None)
    kinds = [cell.data_type for cell in cells(opened(file.getvalue()))]
    assert kinds == ["f", "s"]


def test_a_text_is_cut_where_a_cell_ends():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        put(book.add_worksheet(), (0, 0), "a\x00\ud800" * LONGEST, None)
    (cell,) = cells(opened(file.getvalue()))
    assert cell.value == "a" * (LONGEST - 1) + "…" or cell.value == "a" * LONGEST


def test_without_names_nobody_is_in_any_part_of_the_file():
    engagement, _ = example("maison-lorient")
    words = {person.name for person in engagement.people}
    words |= {person.id for person in engagement.people if "-" in person.id}
    shown = {
        names: report.show("maison-lorient", lang="en", as_of=str(AS_OF), names=names).report
        for names in (True, False)
    }

    def named(content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        return {word for word in words if any(word in part for part in parts)}

    for form in ("xlsx", "csv"):
        assert len(named(RENDERERS[form](shown[True]))) > 10
        assert named(RENDERERS[form](shown[False])) == set()


def test_few_anonymous_votes_are_told_nowhere():
    engagement, rules = example("mutuelle-ponant")
    hidden = engagement.model_copy(update={"anonymous": True})
    made = {
        each.anonymous: report.build(rules, each, evaluate(rules, each, AS_OF), "en")
        for each in (engagement, hidden)
    }
    votes = {
        key: next(t for t in value.tables() if t.key == "votes").rows for key, value in made.items()
    }
    assert any(row[4] for row in votes[False] if row[4] and row[4] < 5)
    assert [row for row in votes[True] if row[4] is not None and row[4] < 5] == []


# Recomputed by another program


def without_values(content):
    """The workbook with every value that stands beside a formula taken away."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", old.read(entry))
            new.writestr(entry, data)
    return out.getvalue()


@pytest.mark.slow
def test_another_program_computes_what_the_evaluation_found(tmp_path):
    contents = [content_of(name, lang) for name, lang in VARIED]
    paths = [tmp_path / f"{number}.xlsx" for number, _ in enumerate(contents)]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(without_values(content))
    for content, again in zip(contents, converted(paths, "xlsx"), strict=True):
        expected = formulas(content)
        assert len(expected) > 10
        assert set(formulas(without_values(content)).values()) == {None}  # nothing to copy
        book = opened(again.read_bytes(), data_only=True)
        for (sheet, cell), value in expected.items():
            computed = book[sheet][cell].value
            if isinstance(value, dt.datetime):
                assert computed == value
            else:
                assert computed == pytest.approx(value, abs=1e-9), (sheet, cell)


# Data files


def test_csv_files_say_what_their_columns_are():
    made = report_of("maison-lorient", "fr")
    with zipfile.ZipFile(io.BytesIO(RENDERERS["csv"](made))) as archive:
        package = json.loads(archive.read("datapackage.json"))
        for resource, table in zip(package["resources"], made.tables(), strict=True):
            text = archive.read(resource["path"]).decode("utf-8-sig")
            heads, *rows = csv.reader(io.StringIO(text))
            assert heads == [field["name"] for field in resource["schema"]["fields"]]
            assert len(rows) == len(table.rows)
            for row in rows:
                for field, value in zip(resource["schema"]["fields"], row, strict=True):
                    if value and field["type"] == "date":
                        dt.date.fromisoformat(value)
                    elif value and field["type"] in ("number", "integer"):
                        float(value)


def test_numbers_stay_numbers_in_csv_and_texts_stay_texts():
    lines = csv_bytes([[-1.5, "-1.5", " =1+1", None, AS_OF]]).decode("utf-8-sig")
    assert lines == "-1.5,'-1.5,' =1+1,,2026-11-23\r\n"
