"""Whatever is put into a table is read, asked about or listed: over generated tables."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import new_acme, session
from workbook.errors import BadInput
from workbook.exchange.intake import plan_import
from workbook.exchange.request import ImportRequest, Recipient
from workbook.workshop import Passes

TIME = "2026/10/0{} 9:04:06 AM UTC+2"
TABLES = {
    "people": [
        ["Name", "Job title", "E-mail", "Department"],
        ["Ana Ruiz", "CTO", "ana@acme.example", "IT"],
        ["Ben Hale", "CFO", "ben@acme.example", "Finance"],
        ["Eve Roy", "Head of Sales", "eve@acme.example", "Sales"],
    ],
    "systems": [
        ["name", "business_criticality", "owned_by", "it_application_owner"],
        ["ERP", "1 - most critical", "Ana Ruiz", "Ben Hale"],
        ["CRM", "2 - somewhat", "Eve Roy", "Ben Hale"],
        ["Payroll", "3 - less", "Eve Roy", "Ben Hale"],
    ],
    "matrix": [
        ["Topic", "CIO", "Jo Martin", "CFO", "Agency"],
        ["ERP", "A", "R", "C", "I"],
        ["Promotions", "I", "A/R", "C", ""],
        ["Product assortment", "C", "A", "I", "R"],
        ["Shipment tracking", "A", "R", "", "I"],
    ],
    "answers": [
        ["Timestamp", "Email Address", "Who owns promotions?", "Who owns the ERP?"],
        [TIME.format(1), "ana@acme.example", "Ana Ruiz", "Ben Hale"],
        [TIME.format(2), "ben@acme.example", "Eve Roy", "Ben Hale"],
        [TIME.format(3), "eve@acme.example", "I don't know", "Ben Hale"],
    ],
    "actions": [
        ["Action", "Who", "Due", "Status", "Key"],
        ["Agree a date", "Ana Ruiz", "2026-12-11", "Done", "workbook:acme/set_date/t/erp/ready"],
        ["Name an owner", "Ben Hale", "2026-12-18", "To do", "workbook:acme/name_owner/e/p/-"],
        ["Name a deputy", "Eve Roy", "2026-12-18", "Done", "workbook:acme/name_deputy/e/p/-"],
    ],
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """All that an import of a file says or records, what it refuses too; and its mapping."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("workspace"))
        new_acme()
        work = session()
    recipient = Recipient(work.engagement, work.rules, work.value, lambda: Passes(b""))

    def told(file, kind):
        try:
            plan = plan_import(file, recipient, ImportRequest())
        except BadInput as refused:
            return str(refused), {}
        assert plan.kind == kind
        changes = [[*change.subject, change.value] for change in plan.changes]
        parts = [plan.preview, plan.questions, plan.unused, changes]
        return json.dumps(parts, ensure_ascii=False), dict(plan.mapping)

    return told


@st.composite
def tables(draw):
    """A table of a kind with strange columns, rows and cells; each strange text is there once."""
    kind = draw(st.sampled_from(sorted(TABLES)))
    table = [list(row) for row in TABLES[kind]]
    count = iter(range(10_000))

    def strange():
        return draw(st.sampled_from(["Zq{}", "Qx{} later", "{}zw", "Wq-{}"])).format(next(count))

    for _ in range(draw(st.integers(0, 3))):
        row = draw(st.integers(1, len(table) - 1))
        table[row][draw(st.integers(0, len(table[0]) - 1))] = strange()
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(1, len(table[0])))
        headed = draw(st.booleans())
        for number, row in enumerate(table):
            row.insert(at, strange() if number or headed else "")
    for _ in range(draw(st.integers(0, 2))):
        cells = [strange() if draw(st.booleans()) else "" for _ in table[0]]
        table.insert(draw(st.integers(1, len(table))), cells)
    if draw(st.booleans()):
        table[draw(st.integers(1, len(table) - 1))].append(strange())
    if draw(st.booleans()):
        table.insert(0, [strange(), *[""] * (len(table[0]) - 1)])
    return kind, table


@settings(max_examples=6 * settings.default.max_examples)
@given(drawn=tables())
def test_nothing_disappears_without_being_listed(drawn, told, tmp_path_factory):
    kind, table = drawn
    file = tmp_path_factory.mktemp("table") / "in.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(table)
    said, mapping = told(file, kind)
    heading = next(row for row in table if len([cell for cell in row if cell]) > 1)
    aside = {at for at, text in enumerate(heading) if text and mapping.get(text) == "not used"}
    aside |= {
        at
        for row in table
        for at, text in enumerate(row)
        if (text and f"column {text}" in said) or f"column {at + 1}, without" in said
    }
    known = {cell for row in TABLES[kind] for cell in row}
    lost = [
        cell
        for number, row in enumerate(table)
        for at, cell in enumerate(row)
        if cell and cell not in known and cell not in said and cell not in mapping
        if at not in aside
        if not any(other in said for other in row if other and other not in known)
        if f"column ({at + 1})" not in said
        if f"row {number + 1}" not in said and f"{row[0]}: no system" not in said
    ]
    assert lost == []
