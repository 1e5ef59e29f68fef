"""The decided map out to where people look it up, and back again."""

from __future__ import annotations

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from tests.exchange.conftest import session
from workbook.cli.main import app
from workbook.exchange.owners.matrix import OwnersMatrix, OwnersRow, html_table
from workbook.exchange.raci import read_matrix
from workbook.store import Change

DAY = "2026-11-27"
OWNERS = {"erp": "Léa Martin", "pim": "Digital | Ops", "oms": "Jo Martin"}
CATALOGUES = {"backstage": "catalog-info.yaml", "cortex": "cortex.yaml", "opslevel": "opslevel.yml"}
MATRICES = {"markdown": "raci.md", "html": "raci.html", "xlsx": "raci.xlsx"}


@pytest.fixture
def company(take):
    """Three systems and a topic with an owner, one vacant, one that does not apply."""
    take("directory.csv")
    take("applications.csv")
    roles = {"deputy": "bo-li", "consulted": ["max-ott"], "responsible": ["lea-martin"]}
    session().record(
        Change(("team", "digital-ops"), {"name": "Digital | Ops"}),
        Change(("decision", "erp"), {"owner": "lea-martin", **roles}),
        Change(("decision", "pim"), {"owner": "digital-ops"}),
        Change(("decision", "oms"), {"owner": "jo-martin"}),
        Change(("decision", "promotions"), {"owner": "jo-martin", "informed": ["bo-li"]}),
        Change(("decision", "customer_complaints"), {"owner": "vacant"}),
        Change(
            ("decision", "product_assortment"), {"state": "not_applicable", "reason": "No shop"}
        ),
    )
    return take


def write(to, file, *words):
    result = CliRunner().invoke(app, ["owners", "acme", "--to", to, "-o", str(file), *words])
    assert result.exit_code == 0, result.output
    return file


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("to", MATRICES)
def test_a_matrix_that_goes_out_is_read_back_as_what_was_decided(company, folder, to, language):  # noqa: ARG001
    matrix = read_matrix(write(to, folder / MATRICES[to], "--lang", language))
    titled = {
        key: point.title.root[language] for key, (_, point) in session().rules.places().items()
    }
    rows = {row.label: row for row in matrix.rows}
    assert matrix.letters(rows[titled["erp"]], "Léa Martin") == "AR"
    assert matrix.letters(rows[titled["erp"]], "Max Ott") == "C"
    assert matrix.letters(rows[titled["promotions"]], "Bo Li") == "I"
    held = {label: matrix.holders(row, "A") for label, row in rows.items()}
    decided = {**{key: (name,) for key, name in OWNERS.items()}, "promotions": ("Jo Martin",)}
    assert {k: v for k, v in held.items() if v} == {titled[k]: v for k, v in decided.items()}
    assert titled["product_assortment"] not in rows
    assert titled["customer_complaints"] in rows


def test_the_deputy_stands_in_the_last_column(company):  # noqa: ARG001
    printed = CliRunner().invoke(app, ["owners", "acme", "--lang", "fr"]).stdout.splitlines()
    assert next(line for line in printed if "|" in line).endswith("| Suppléant |")
    assert any(line.endswith("| Bo Li |") for line in printed)


def test_a_workbook_of_owners_can_be_read_far_down_and_printed(company, folder):  # noqa: ARG001
    sheet = openpyxl.load_workbook(write("xlsx", folder / "raci.xlsx", "--as-of", DAY)).active
    heading = [cell.value for cell in sheet[3]]
    assert sheet["A1"].value == "RACI – Acme, 27 November 2026"
    assert heading[0] == "Subject"
    assert heading[-1] == "Deputy"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B4", "$3:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    legend = sheet.cell(sheet.max_row, 1).value
    assert legend == "A = accountable, R = responsible, C = consulted, I = informed"
    (row,) = [row for row in sheet.iter_rows(min_row=4) if row[0].value == "ERP"]
    owner = next(cell for cell in row[1:] if cell.value and "A" in cell.value)
    assert owner.fill.fgColor.rgb != row[0].fill.fgColor.rgb
    assert sheet["A4"].font.bold
    assert not row[0].font.bold


def test_a_cell_of_a_page_is_text_and_no_markup(company, folder):  # noqa: ARG001
    session().record(Change(("person", "lea-martin"), {"name": "<b>Léa</b>"}))
    page = write("html", folder / "raci.html").read_text("utf-8")
    assert "<b>" not in page
    assert "&lt;b&gt;Léa&lt;/b&gt;" in page


@pytest.mark.parametrize("to", CATALOGUES)
def test_a_catalogue_that_goes_out_comes_back_as_the_same_owners(company, folder, to):
    plan = company(write(to, folder / CATALOGUES[to]), "--dry-run")
    assert plan["kind"] == "systems"
    known = {
        "backstage": OWNERS,
        "cortex": {**OWNERS, "erp": "lea.martin@acme.example, bo.li@acme.example"}
        | {"oms": "jo.martin@acme.example"},
        "opslevel": {"erp": "lea-martin", "pim": "digital-ops", "oms": "jo-martin"},
    }[to]
    claims = [line for line in plan["questions"] if "has a decision already" in line]
    for key, owner in known.items():
        file = CATALOGUES[to]
        assert f"{key} has a decision already; not noted: {file}, business owner {owner}" in claims
    assert len(plan["preview"]) == len(known)


def test_backstage_gets_one_owner_each_and_everybody_who_is_named(company, folder):  # noqa: ARG001
    text = write("backstage", folder / "catalog-info.yaml").read_text("utf-8")
    entities = {(e["kind"], e["metadata"]["name"]): e["spec"] for e in yaml.safe_load_all(text)}
    assert entities["System", "erp"]["owner"] == "user:default/lea-martin"
    assert entities["System", "pim"]["owner"] == "group:default/digital-ops"
    named = {name for kind, name in entities if kind != "System"}
    assert named == {"lea-martin", "digital-ops", "jo-martin"}
    assert entities["User", "lea-martin"]["profile"]["email"] == "lea.martin@acme.example"


def test_code_owners_are_addresses_or_teams_with_the_deputy_behind(company, folder):  # noqa: ARG001
    lines = write("codeowners", folder / "CODEOWNERS").read_text("utf-8").splitlines()
    assert lines[0] == "# Acme"
    assert set(lines[1:]) == {
        "/erp/ lea.martin@acme.example bo.li@acme.example",
        "/pim/ @acme/digital-ops",
        "/oms/ jo.martin@acme.example",
    }


CATALOGUE = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: sap-erp, title: SAP ERP}
spec: {type: service, lifecycle: production, owner: finance-it}
---
# a comment
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: finance-it}
spec: {type: team, profile: {displayName: Finance IT}, children: []}
---
kind: Component
metadata: {name: payroll}
spec: {owner: 'group:default/hr'}
"""


def test_a_clients_own_catalogue_gives_claims(take, folder):
    (folder / "catalog-info.yaml").write_text(CATALOGUE, "utf-8")
    plan = take("catalog-info.yaml")
    (claim,) = [d.note for d in session().engagement.decisions]
    assert claim == "catalog-info.yaml, business owner Finance IT"
    assert plan["unused"] == ["payroll: no system of the framework bears this name"]


@pytest.mark.parametrize(
    "text", ["a: b\n", "- x\n", "&a [*a, *a]\n", "[" * 100_000, "---\nkind:\n a:", "kind: [User]\n"]
)
def test_a_document_that_is_no_catalogue_is_refused(take, folder, text):
    (folder / "acme.yaml").write_text(text, "utf-8")
    refused = take("acme.yaml")
    assert refused.exit_code == 2
    assert "acme.yaml" in refused.stderr


def test_owners_of_a_cortex_file_may_be_names_alone(take, folder):
    text = "info:\n  title: Payments\n  x-cortex-owners: [hr, {name: it}, {email: a@b.c}, 3]\n"
    (folder / "cortex.yaml").write_text(text, "utf-8")
    assert take("cortex.yaml")["unused"] == ["Payments: no system of the framework bears this name"]


def test_a_matrix_to_paste_elsewhere_carries_texts_and_no_markup():
    evil, inert = "<img src=x>&", "&lt;img src=x&gt;&amp;"
    rows = (OwnersRow(evil), OwnersRow(evil, (evil, evil)))
    page = html_table(OwnersMatrix(evil, (evil,) * 3, rows, legend=evil))
    assert (page.count(inert), page.count("<img")) == (9, 0)
