"""Lists of people as directories, contacts, staff systems and mails really give them."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from workbook.content import load_engagement
from workbook.errors import BadInput
from workbook.exchange.kinds import cells_of
from workbook.exchange.people import MOST, Omission, people_changes, people_of
from workbook.exchange.people.cells import LONGEST, pasted_grids
from workbook.exchange.people.columns import guessed, header
from workbook.exchange.tables.grid import MAX_LINES
from workbook.model.engagement import Person
from workbook.scoring.titles import recogniser

CASES = Path(__file__).parent / "cases"
ANA, BO = ("Ana Ruiz", "CTO", "ana@x.example"), ("Bo Li", "CFO", "bo@x.example")


@pytest.fixture(scope="module")
def loaded(project):
    return load_engagement(project / "templates" / "engagements" / "maison-lorient.yaml")


@pytest.fixture
def read(loaded):
    def read(text, *people):
        engagement = loaded.engagement.model_copy(update={"people": people})
        known = recogniser(loaded.rules)
        lines = [row for grid in pasted_grids(text, "pasted") for row in cells_of(grid)]
        at, columns = header(lines) or (
            -1,
            guessed(lines, lambda text: bool(known.recognise(text).title)),
        )
        return people_of(lines[at + 1 :], columns, engagement, known)

    return read


@pytest.fixture
def changes(loaded):
    def changes(pasted, *people, **choices):
        engagement = loaded.engagement.model_copy(update={"people": people})
        return {c.subject[1]: c.value for c in people_changes(pasted, engagement, **choices)}

    return changes


def case(name):
    return (CASES / f"people_{name}.txt").read_text("utf-8")


def rows(pasted, *fields):
    return [tuple(getattr(row, field) for field in fields) for row in pasted.rows]


@pytest.mark.parametrize(
    ("name", "people"),
    [
        (
            "01_entra",
            [
                ("Léa Martin", "DSI", "SI", "lea.m@x.example"),
                ("Jo Martin", "Directrice e-commerce", "Digital", "jo.m@x.example"),
                ("Bo Li", "DAF", "Finance", "bo@x.example"),
            ],
        ),
        (
            "02_outlook_export",
            [
                ("Ana Ruiz", "VP Ecommerce", "Digital", "ana@x.example"),
                ("Bo Li", "CTO", "IT", "bo@x.example"),
            ],
        ),
        (
            "03_google_contacts",
            [("Ana Ruiz", "CTO", "", "ana@x.example"), ("Bo Li", "CFO", "", "bo@x.example")],
        ),
        (
            "04_nom_usuel",
            [
                ("Ana RUIZ", "Directrice e-commerce", "Digital", "ana@x.example"),
                ("Bo LI", "DSI", "SI", "bo@x.example"),
            ],
        ),
        (
            "06_homonyms",
            [
                ("Marie Martin", "DSI", "", "marie.martin@x.example"),
                ("Marie Martin", "Responsable SAV", "", "marie.martin2@x.example"),
            ],
        ),
        ("08_markdown_and_bullets1", [("Ana Ruiz", "CTO", "", ""), ("Bo Li", "CFO", "", "")]),
        ("08_markdown_and_bullets2", [("Ana Ruiz", "CTO", "", ""), ("Bo Li", "CFO", "", "")]),
    ],
)
def test_a_list_is_read_as_a_person_reads_it(read, name, people):
    pasted = read(case(name))
    assert rows(pasted, "name", "title", "unit", "email") == people
    assert all(row.is_new for row in pasted.rows)
    assert pasted.left_out == ()


def test_an_address_without_a_name_is_listed_and_nobody_gets_it(read):
    pasted = read(case("05_recipients_with_a_bare_address"))
    assert rows(pasted, "name", "email") == [
        ("Ana Ruiz", "ana@x.example"),
        ("Léa Martin", "lea@x.example"),
    ]
    assert [(line.text, line.why) for line in pasted.left_out] == [
        ("bo.li@x.example", Omission.NO_NAME)
    ]


def test_what_is_beyond_a_limit_is_listed(read):
    assert len(read(case("07_six_hundred")).rows) == 600
    pasted = read("Name\n" + "\n".join(f"Person {n}" for n in range(MOST + 2)))
    assert len(pasted.rows) == MOST
    assert [(line.text, line.why) for line in pasted.left_out] == [
        ("Person 10000", Omission.TOO_MANY),
        ("Person 10001", Omission.TOO_MANY),
    ]


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "Ana\n" * (MAX_LINES + 1)])
def test_a_paste_beyond_its_limit_is_refused_with_a_way_out(read, text):
    with pytest.raises(BadInput, match="save the table as a file, and import that"):
        read(text)


EXPORTS = {
    "Google Workspace": "First Name [Required],Last Name [Required],Email Address [Required],"
    "Password [Required],Org Unit Path [Required],Employee Title,Manager Email,Department\n"
    "Ana,Ruiz,ana@x.example,****,/,CTO,eve@x.example,IT\n"
    "Bo,Li,bo@x.example,****,/,CFO,eve@x.example,Finance\n",
    "Entra in the portal's columns": "User principal name,Display name,Given name,"
    "Surname,Job title,Department,Account enabled,User type\n"
    "ana@x.example,Ana Ruiz,Ana,Ruiz,CTO,IT,Yes,Member\n"
    "bo@x.example,Bo Li,Bo,Li,CFO,Finance,Yes,Member\n",
    "Workday, lines above the header": "Report,Active workers,,,\nRun,2026-11-20,,,\n\n"
    "Worker,Business Title,Manager,Supervisory Organization,Email - Work\n"
    "Ana Ruiz,CTO,Eve Roy,IT,ana@x.example\nBo Li,CFO,Eve Roy,Finance,bo@x.example\n",
    "legal names": "Employee ID;Legal Name;Job Title;Cost Center;Work Email\n"
    "17;Ana Ruiz;CTO;4711;ana@x.example\n18;Bo Li;CFO;4712;bo@x.example\n",
    "LinkedIn connections": "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ana,Ruiz,https://www.linkedin.example/in/ana,ana@x.example,Acme,CTO,03 May 2026\n"
    "Bo,Li,https://www.linkedin.example/in/bo,bo@x.example,Acme,CFO,04 May 2026\n",
    "Outlook in French": "Titre,Prénom,Nom,Société,Service,Poste,Adresse de messagerie\n"
    "Mme,Ana,Ruiz,Acme,SI,CTO,ana@x.example\nM.,Bo,Li,Acme,Finance,CFO,bo@x.example\n",
    "staff list in French": "Matricule;Salarié;Fonction;Direction;Courriel;Supérieur hiérarchique\n"
    "1;Ana Ruiz;CTO;SI;ana@x.example;Eve Roy\n2;Bo Li;CFO;DAF;bo@x.example;Eve Roy\n",
    "NOM Prénom in one column": "NOM Prénom\tFonction\tMail\n"
    "RUIZ Ana\tCTO\tana@x.example\nDE LA TOUR Eve\tCEO\teve@x.example\n",
    "nom d'usage": "Nom de naissance;Nom d'usage;Prénom;Emploi;Mail professionnel\n"
    "Costa;Ruiz;Ana;CTO;ana@x.example\nLi;Li;Bo;CFO;bo@x.example\n",
    "staff list in German": "Nachname;Vorname;Funktion;Abteilung;E-Mail-Adresse\n"
    "Ruiz;Ana;CTO;IT;ana@x.example\nLi;Bo;CFO;Finanzen;bo@x.example\n",
    "directory in German": "Mitarbeiter;Berufsbezeichnung;Bereich;E-Mail;Vorgesetzter\n"
    "Ana Ruiz;CTO;IT;ana@x.example;Eve Roy\nBo Li;CFO;Finanzen;bo@x.example;Eve Roy\n",
    "recipients with commas": "Ana Ruiz <ana@x.example>, Bo Li <bo@x.example>",
    "LDAP attributes": "cn,sn,givenName,mail,title,department\n"
    "aruiz,Ruiz,Ana,ana@x.example,CTO,IT\nbli,Li,Bo,bo@x.example,CFO,Finance\n",
    "contact and role": "Contact\tRole\tE-mail\nAna Ruiz\tCTO\tana@x.example\n"
    "Bo Li\tCFO\tbo@x.example\n",
    "numbered list": "1. Ana Ruiz, CTO, ana@x.example\n2. Bo Li, CFO, bo@x.example\n",
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_needs_no_mapping_by_hand(read, name):
    pasted = read(EXPORTS[name])
    first = ("Ana RUIZ", *ANA[1:]) if "NOM" in name else ANA
    if "recipients" in name:
        first = (ANA[0], "", ANA[2])
    assert rows(pasted, "name", "title", "email")[0] == first
    assert len(pasted.rows) == 2
    assert pasted.left_out == ()


WRITTEN = {
    "headings in capitals": "DISPLAYNAME;JOBTITLE;DEPARTMENT;MAIL\n{}",
    "a blank beside a sign-in": "userPrincipalName;displayName;jobTitle;mail\n"
    "ana@x.example;Ana Ruiz;CTO;\nbo@x.example;Bo Li;CFO;bo@x.example\n",
    "Mr and Ms in the name": "Name;Title;Email\n"
    "Ms Ana Ruiz;CTO;ana@x.example\nMr. Bo Li;CFO;bo@x.example\n",
    "M. and Mme in the name": "Nom;Fonction;Mail\n"
    "Mme Ana Ruiz;CTO;ana@x.example\nM. Bo Li;CFO;bo@x.example\n",
    "an address at home": "Name,Email (private),Email (work),Title\n"
    "Ana Ruiz,ana@home.example,ana@x.example,CTO\nBo Li,,bo@x.example,CFO\n",
    "links to addresses": "Name,Title,Email\n"
    "Ana Ruiz,CTO,mailto:ana@x.example\nBo Li,CFO,<bo@x.example>\n",
    "a name at birth before": "Nom de naissance;Nom d’usage;Prénom;Poste;Mél\n"
    "Costa;Ruiz;Ana;CTO;ana@x.example\nLi;Li;Bo;CFO;bo@x.example\n",
    "a name at birth behind": "Nachname;Geburtsname;Vorname;Position;E-Mail\n"
    "Ruiz;Costa;Ana;CTO;ana@x.example\nLi;;Bo;CFO;bo@x.example\n",
    "a married name for some": "Nom patronymique;Nom marital;Prénom;Emploi;Courriel\n"
    "Costa;Ruiz;Ana;CTO;ana@x.example\nLi;;Bo;CFO;bo@x.example\n",
    "a preferred name": "Legal First Name,Preferred First Name,Last Name,Title,Work Email\n"
    "Anastasia,Ana,Ruiz,CTO,ana@x.example\nBoris,Bo,Li,CFO,bo@x.example\n",
    "the last name before a comma": "Nom, Prénom;Poste;Mail\n"
    "Ruiz, Ana;CTO;ana@x.example\nLi, Bo;CFO;bo@x.example\n",
    "two lines of headings": "NAME;JOBTITLE;MAIL\nName;Job title;Mail\n"
    "Ana Ruiz;CTO;ana@x.example\nBo Li;CFO;bo@x.example\n",
    "recipients by last name": "Ruiz, Ana <ana@x.example>; 'Li, Bo' <bo@x.example>",
    "recipients of fields": "To: Ana Ruiz <ana@x.example>\nCc: 'Bo Li' <bo@x.example>",
    "a dash between": "* Ana Ruiz – CTO\n* Bo Li – CFO\n",
    "the title first": "• CTO : Ana Ruiz\n• CFO : Bo Li\n",
    "the title in brackets": "- [ ] Ana Ruiz (CTO)\n- [x] Bo Li (CFO)\n",
    "letters in front": "a) Ana Ruiz, CTO\nb) Bo Li, CFO\n",
    "a table of an editor": "+-----+----+\n| Name | Role |\n+=====+====+\n| Ana Ruiz | CTO |\n"
    "| Bo Li | CFO |\n+-----+----+\n",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_habit_of_writing_changes_nothing_that_is_read(read, name):
    body = "Ana Ruiz;CTO;IT;ana@x.example\nBo Li;CFO;IT;bo@x.example\n"
    pasted = read(WRITTEN[name].replace("{}", body))
    titled, addressed = "CTO" in WRITTEN[name] or "{}" in WRITTEN[name], "@" in str(pasted.rows)
    assert rows(pasted, "name", "title", "email") == [
        (person, title if titled else "", address if addressed else "")
        for person, title, address in (ANA, BO)
    ]
    assert pasted.left_out == ()


def test_addresses_alone_name_nobody(read):
    pasted = read("ana@x.example; bo@x.example, eve@x.example")
    assert pasted.rows == ()
    assert [line.why for line in pasted.left_out] == [Omission.NO_NAME] * 3


@pytest.mark.parametrize(
    ("heading", "staff", "other"),
    [
        ("Worker Type", "Employee", "Contingent Worker"),
        ("Type de contrat", "CDI", "Prestataire"),
        ("Benutzertyp", "Mitglied", "Gast"),
        ("Externe", "Non", "Oui"),
    ],
)
def test_who_is_outside_is_told_in_many_words(read, heading, staff, other):
    pasted = read(f"Nom;{heading};Mail\nAna Ruiz;{staff};ana@x.example\nBo Li;{other};b@x.example")
    assert [row.outside for row in pasted.rows] == [False, True]


@pytest.mark.parametrize(
    ("heading", "there", "left"),
    [
        ("Block credential", "False", "True"),
        ("Account status", "Enabled", "Disabled"),
        ("Statut", "Présent", "Sorti(e)"),
        ("Termination date", "", "2024-01-31"),
        ("Fin de contrat", "31/12/2031", "31/01/2024"),
        ("Austrittsdatum", "", "31.01.2024"),
    ],
)
def test_who_has_left_is_told_in_many_words(loaded, heading, there, left):
    lines = [["Name", heading], ["Ana Ruiz", there], ["Bo Li", left]]
    known = recogniser(loaded.rules)
    nobody = loaded.engagement.model_copy(update={"people": ()})
    at, columns = header(lines)
    listed = people_of(lines[at + 1 :], columns, nobody, known, today=dt.date(2026, 11, 27))
    assert [row.name for row in listed.rows] == ["Ana Ruiz"]
    assert [line.why for line in listed.left_out] == [Omission.GONE]


def test_a_guest_is_outside_and_whoever_is_disabled_has_left(read):
    pasted = read(
        "displayName,mail,userType,accountEnabled\nAna Ruiz,ana@x.example,Guest,True\n"
        "Bo Li,bo@x.example,Member,False\nEve Roy,eve@x.example,Member,False\n",
        Person(id="bo-li", name="Bo Li", email="bo@x.example"),
    )
    assert rows(pasted, "name", "outside", "gone", "known") == [
        ("Ana Ruiz", True, False, None),
        ("Bo Li", False, True, "bo-li"),
    ]
    assert [(line.text, line.why) for line in pasted.left_out] == [("Eve Roy", Omission.GONE)]


def test_nothing_that_is_there_changes_unasked(read, changes):
    known = Person(id="ana", name="Ana Ruiz", title="CEO", email="ana@x.example")
    pasted = read("Name\tTitle\tUnit\tE-mail\nANA RUIZ\tCTO\tIT\tana@x.example", known)
    assert changes(pasted, known, overwrite=False) == {
        "ana": {"name": "Ana Ruiz", "title": "CEO", "unit": "IT", "email": "ana@x.example"}
    }


def test_an_address_under_another_name_is_not_taken_for_that_person(read, changes):
    known = Person(id="ana", name="Ana Ruiz", email="desk@x.example")
    pasted = read("Name\tTitle\tE-mail\nBo Li\tCFO\tdesk@x.example", known)
    assert [row.doubtful for row in pasted.rows] == [True]
    assert changes(pasted, known, overwrite=False) == {}


def test_a_text_that_is_no_address_is_nobodys_address(read):
    assert rows(read("Name\tE-mail\nAna Ruiz\tana@x.example\nBo Li\tsee Ana"), "email") == [
        ("ana@x.example",),
        ("",),
    ]


def test_five_thousand_people_are_read_in_two_seconds(loaded):
    columns = ["name", "title", "email"]
    lines = [[f"Ana {n} Ruiz", f"Manager {n % 50}", f"a{n}@x.example"] for n in range(5000)]
    started = time.process_time()
    pasted = people_of(lines, columns, loaded.engagement, recogniser(loaded.rules))
    assert len(pasted.rows) == 5000
    assert time.process_time() - started < 2
