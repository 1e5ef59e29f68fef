"""How lists come in besides: odd encodings, no headings, turned, in parts, with notes beneath."""

from __future__ import annotations

import time

import pytest

from tests.exchange.conftest import session
from tests.exchange.sheets import ods_of, workbook_of

HEADS = ["Name", "Job title", "E-mail"]
ANA, BO = ["Ana Ruiz", "CTO", "ana@x.example"], ["Bo Li", "CFO", "bo@x.example"]
FRENCH = "Nom;Prénom;Fonction;Courriel\nLEFÈVRE;Léa;Directrice financière;lea@x.example\n"


@pytest.fixture
def people(take, folder):
    """Import a file of some content; who is there then, and what was left."""

    def people(name, content):
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        plan = take(folder / name)
        assert plan["kind"] == "people"
        known = session().engagement.people
        return {person.name: person for person in known}, plan["unused"]

    return people


def csv_of(*rows):
    return "\n".join(";".join(row) for row in rows)


@pytest.mark.parametrize(
    "content",
    [
        FRENCH.encode("cp850"),
        FRENCH.encode("mac_roman"),
        FRENCH.encode("utf-16-be"),
        FRENCH.encode("utf-32"),
        FRENCH.encode() + b"ROUX;Ad\xe8le;DSI;adele@x.example\n",
    ],
    ids=["DOS", "Mac", "UTF-16 unmarked", "UTF-32", "UTF-8 with one byte of Windows"],
)
def test_accents_come_through_in_any_encoding(people, content):
    found, _ = people("liste.csv", content)
    assert found["Léa LEFÈVRE"].title == "Directrice financière"
    assert ("Adèle ROUX" in found) == (b"ROUX" in content)


def test_a_list_without_headings_is_read_by_its_cells(people):
    found, unused = people("staff.csv", csv_of(["17", *ANA], ["18", *BO]))
    assert (found["Ana Ruiz"].title, found["Bo Li"].email) == ("CTO", "bo@x.example")
    assert unused == ["column A"]


def test_halves_of_names_without_headings_are_told_from_units(people):
    rows = [["RUIZ", "Ana", "CTO", "ana@x.example"], ["LI", "Bo", "CFO", "bo@x.example"]]
    assert set(people("staff.csv", csv_of(*rows))[0]) == {"Ana RUIZ", "Bo LI"}


def test_headings_of_some_other_language_are_no_person(people):
    found, _ = people("polska.csv", csv_of(["Osoba", "Stanowisko", "Adres"], ANA, BO))
    assert set(found) == {"Ana Ruiz", "Bo Li"}


def test_a_list_on_its_side_is_turned(people):
    found, _ = people("turned.csv", csv_of(*zip(HEADS, ANA, BO, strict=True)))
    assert found["Bo Li"].title == "CFO"


def test_titles_totals_and_notes_in_a_list_are_no_people(people):
    guest = ["Jo Vance", "Consultant", "jo@x.example"]
    notes = [["Total", "3"], ["Source: HR, 3 November"], ["* on leave"], ["Ben Hale"]]
    rows = [HEADS, ANA, BO, ["Externals"], HEADS, guest, *notes]
    found, unused = people("staff.csv", csv_of(*rows))
    assert set(found) == {"Ana Ruiz", "Bo Li", "Jo Vance", "Ben Hale"}
    assert unused == [
        "Externals: no person",
        "Total · 3: no person",
        "Source: HR, 3 November: no person",
        "* on leave: no person",
    ]


def test_a_heading_below_a_long_preface_is_found(people):
    preface = [[f"Line {n}"] for n in range(20)]
    found, unused = people("staff.csv", csv_of(*preface, HEADS, ANA))
    assert (set(found), len(unused)) == ({"Ana Ruiz"}, 20)


def test_two_of_one_name_and_title_in_two_units_are_two(people):
    rows = [["Name", "Title", "Unit"], ["Ana Ruiz", "CTO", "IT"], ["Ana Ruiz", "CTO", "Logistics"]]
    people("staff.csv", csv_of(*rows))
    assert [person.unit for person in session().engagement.people] == ["IT", "Logistics"]


def test_a_guests_sign_in_tells_of_a_guest_whose_type_is_blank(people):
    rows = [
        ["displayName", "userPrincipalName", "mail", "jobTitle"],
        ["Jo Vance", "jo_agency.example#EXT#@acme.example", "jo@agency.example", "Consultant"],
        ["Ana Ruiz", "ana@acme.example", "ana@acme.example", "CTO"],
    ]
    found, _ = people("users.csv", csv_of(*rows))
    assert (found["Jo Vance"].inside, found["Ana Ruiz"].inside) == (False, True)


def test_particles_before_a_last_name_turn_with_it(people):
    rows = [
        ["Collaborateur", "Mail"],
        ["D'ALMEIDA João", "j@x.example"],
        ["LE GOFF Anne", "a@x.example"],
    ]
    assert set(people("liste.csv", csv_of(*rows))[0]) == {"João D'ALMEIDA", "Anne LE GOFF"}


def test_an_address_between_angle_brackets_of_markdown_is_an_address(people):
    text = "| Name | E-mail |\n|---|---|\n| Ana Ruiz | <ana@x.example> |\n"
    assert people("team.md", text)[0]["Ana Ruiz"].email == "ana@x.example"


@pytest.mark.parametrize("write", [workbook_of, ods_of])
def test_a_hidden_sheet_is_listed_and_read_where_it_is_asked_for(take, folder, write):
    file = folder / "staff.book"
    file.write_bytes(write({"Staff": [HEADS, ANA], "Former": [HEADS, BO]}, hidden="Former"))
    plan = take(file)
    assert [line.partition(":")[0] for line in plan["preview"]] == ["Ana Ruiz"]
    assert plan["unused"] == ["hidden sheet Former: not read"]
    plan = take(file, "--sheet", "Former")
    assert [line.partition(":")[0] for line in plan["preview"]] == ["Bo Li"]
    assert plan["unused"] == ["sheet Staff: not read"]


@pytest.mark.parametrize(
    ("name", "text", "looks"),
    [
        ("ana.vcf", "BEGIN:VCARD\nFN:Ana Ruiz\nEND:VCARD\n", "contacts"),
        ("people.json", '[{"displayName": "Ana Ruiz"}]', "JSON"),
        ("people.ldif", "dn: uid=ana\ncn: Ana Ruiz\n", "LDIF"),
        ("old.xml", '<?xml version="1.0"?><Workbook><Table></Table></Workbook>', "XML"),
    ],
)
def test_what_holds_data_and_no_table_is_called_by_its_name(take, folder, name, text, looks):
    (folder / name).write_text(text, "utf-8")
    refused = take(folder / name)
    assert refused.exit_code == 2
    assert looks in refused.output


def test_two_matrices_side_by_side_are_two(take, folder):
    rows = [["Topic", "CIO", "CFO", "", "Topic", "CMO"], ["ERP", "A", "R", "", "Promotions", "A/R"]]
    rows += [["Payment", "R", "A", "", "Search", "A"]]
    (folder / "raci.csv").write_text(csv_of(*rows), "utf-8")
    preview = take(folder / "raci.csv")["preview"]
    assert preview == ["ERP → erp: CIO A, CFO R", "Promotions → promotions: CMO AR"]


def test_a_catalogue_lists_what_has_no_owner_or_is_no_system(take, folder):
    entities = [
        "kind: Component\nmetadata: {title: ERP}\nspec: {owner: team-a}\n",
        "kind: Component\nmetadata: {name: orphan}\nspec: {}\n",
        "kind: Location\nmetadata: {name: place}\n",
    ]
    (folder / "catalog-info.yaml").write_text("---\n".join(entities), "utf-8")
    unused = take(folder / "catalog-info.yaml")["unused"]
    assert [line.partition(":")[0] for line in unused] == ["orphan", "Location place"]


def test_an_application_owner_beside_a_business_owner_is_the_one_in_it(take, folder):
    text = "name,Business Owner,Application Owner,Business Criticality\nERP,Ana,Bo,high\n"
    (folder / "leanix.csv").write_text(text, "utf-8")
    assert take(folder / "leanix.csv")["mapping"]["Application Owner"] == "it_owner"


def test_two_new_people_in_one_answer_are_two(take, folder):
    asked = "Who ultimately answers for promotions?"
    row = '2026/10/01 9:04:06 AM UTC+2,ana@acme.example,"Eve Roy, Kim Sato"'
    (folder / "form.csv").write_text(f"Timestamp,Email Address,{asked}\n{row}\n", "utf-8")
    take(folder / "form.csv")
    assert {"Eve Roy", "Kim Sato"} <= {p.name for p in session().engagement.people}


def test_a_key_that_was_altered_is_asked_about(take, folder):
    text = "Action,Status,Key\nAgree a date,Done,workbook:acme/set_date/technology/erp/gone\n"
    (folder / "tasks.csv").write_text(text, "utf-8")
    (question,) = take(folder / "tasks.csv")["questions"]
    assert question == "row 2: nothing calls for “set_date/technology/erp/gone” now"


def test_a_whole_directory_without_headings_is_read_at_once(take, folder):
    rows = [[f"Ana{n} Ruiz{n}", "CTO", f"a{n}@x.example"] for n in range(2000)]
    (folder / "all.csv").write_text(csv_of(*rows), "utf-8")
    begun = time.process_time()
    assert take(folder / "all.csv")["changes"] == 2000
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "staff.md",
            (
                "# Staff\n\nAsk Jo for the rest.\n\n| Name | Job title | E-mail |\n|---|---|---|\n"
                "| Ana Ruiz | CTO | ana@x.example |\n\nAs of May\n"
            ),
        ),
        (
            "staff.html",
            (
                "<style>td { color: red }</style><h1>Staff</h1><p>Ask Jo for the rest.</p><table>"
                "<tr><th>Name<th>Job title<th>E-mail<tr><td>Ana Ruiz<td>CTO"
                "<td>ana@x.example</table><p>As of May</p>"
            ),
        ),
    ],
)
def test_what_stands_around_a_table_is_listed(people, name, content):
    found, unused = people(name, content)
    assert found["Ana Ruiz"].title == "CTO"
    around = [line.removeprefix("text beside the table: ").lstrip("# ") for line in unused]
    assert around == ["Staff", "Ask Jo for the rest.", "As of May"]
