"""Matrices as clients keep them, in three languages: each is read as a person reads it.

A line is one row: its label and its parties with their letters, A first.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.raci_writing import write_xlsx
from workbook.errors import BadInput
from workbook.exchange.kinds import TableKind, kind_of
from workbook.exchange.raci import read_matrix, review, to_json
from workbook.exchange.tables.reading import read_grids

FILES = Path(__file__).parent / "client_matrices"

READ = {
    "verantwortlich.csv": """
        Produktdaten: Einkauf R, Vertriebsleitung A, IT C, QS I
        Preise und Aktionen: Marketing R, Vertriebsleitung A, Controlling C, IT I, QS I
        Lagerbestand: IT R, Logistik A, Einkauf C
        Retouren: Kundenservice R, Logistik A, IT C, Vertriebsleitung I
        unused: Bemerkung, RACI Neuer Onlineshop, Stand: 12.05.2026""",
    "vaki.csv": """
        Produktdaten: Müller A, Weiß R, Groß C, Jäger I
        Preise: Müller R, Weiß A, Groß C
        Lagerbestand: Müller I, Weiß R, Groß A, Jäger C
        Zahlung: Müller C, Weiß A, Groß R, Jäger I""",
    "demi.md": """
        Suche: IT R, Vertrieb A, Einkauf C, Geschäftsführung I
        Zahlung: IT R, Vertrieb C, Geschäftsführung A
        Sortiment: IT I, Vertrieb A, Einkauf R, Geschäftsführung I""",
    "zustaendigkeiten.xlsx": """
        Suche: IT R, Vertrieb A, Logistik I
        Preise: IT I, Vertrieb AR, Logistik C
        Bestand: IT C, Vertrieb I, Logistik AR
        Versand: Vertrieb I, Logistik AR
        unused: Zuständigkeitsmatrix""",
    "autorite.csv": """
        Fiches produit: SI R, Achats A, QSE C, SAV I
        Promotions: Marketing R, Direction commerciale A, DAF C, SAV I, SI I
        Retours: SAV R, Logistique A, SI C, DAF I
        Avis clients: SAV R, Marketing A, Direction commerciale I""",
    "responsable_acteur.csv": """
        Moteur de recherche: DSI R, Digital A, SAV I
        Paiement: DSI A, Digital R, SAV C
        Retours: DSI I, Digital R, SAV A""",
    "poste_par_poste.xlsx": """
        Besoins: Cheffe de projet AR, Acheteur C, DSI I
        Budget: Cheffe de projet R, Acheteur I, DSI A, Architecte C
        Catalogue: Cheffe de projet I, Acheteur A, DSI C, Architecte R
        Paiement: Cheffe de projet C, DSI A, Architecte R
        unused: Matrice RACI – refonte du site, Métier · Technique, Total A · 1 · 1 · 2""",
    "roles_down.csv": """
        Search: Ana Ruiz A, IT R, Agency C, Customer Care I
        Payment: CFO A, IT R, Agency R, QA C, Customer Care I
        Returns: Ana Ruiz A, Customer Care R, IT C, QA I
        Prices: CFO A, Pricing R, Ana Ruiz C, IT I""",
    "wiki.html": """
        Search: Head of Ecommerce A, Buyer C, IT Manager R
        Prices: Head of Ecommerce AR, Buyer C, IT Manager I
        Stock: Head of Ecommerce I, Buyer R, IT Manager A
        unused: Topic · Business · Technology""",
    "autocorrected.csv": """
        Search: Ana Ruiz A, Bo Li R, Agency C
        Prices: Ana Ruiz AR, Bo Li C, Agency I
        Returns: Ana Ruiz I, Bo Li A, Agency R
        unused: Due""",
    "rapid.csv": """
        Search engine: Ana R, Legal V, IT R, Eve C, Joe C, Ben A
        Payment partner: Eve R, Legal V, IT R, Ana C, Ben A
        unused: Date""",
    "daci_fr.csv": """
        Moteur de recherche: Ana R, Ben A, Ève C, Joe C, Max I
        Prestataire de paiement: Ève R, Ben A, Ana C, Max I""",
    "turned.csv": """
        Search: Digital A, IT R, Customer Care C, Buying I
        Payment: Digital A, IT R, Finance C
        Returns: Digital A, IT I, Customer Care R
        Prices: Digital C, IT I, Finance A, Buying R
        Stock: Digital I, IT A, Buying R""",
    "signed_off.csv": """
        Product data: Buying R, Head of Ecommerce A, IT C, QA I
        Price rules: Pricing R, CFO A, Head of Ecommerce C, IT C, CS I
        Stock feed: IT R, Logistics A, Buying C, CS I
        unused: Ref, Status""",
}


def letters(matrix):
    """Each row with its parties and their letters, as a set for its order says nothing."""
    return {
        row.label: {f"{p} {held}" for p in matrix.parties if (held := matrix.letters(row, p))}
        for row in matrix.rows
    }


def parsed(text):
    pairs = (line.split(": ", 1) for line in text.strip().split("\n        "))
    return {label: set(parts.split(", ")) for label, parts in pairs}


def test_every_file_has_a_reading():
    assert {path.name for path in FILES.iterdir()} == set(READ)


@pytest.mark.parametrize("name", READ)
def test_a_matrix_of_a_client_is_read_as_a_person_reads_it(name):
    grids = read_grids(FILES / name)
    matrix = read_matrix(FILES / name)
    expected = parsed(READ[name])
    unused = expected.pop("unused", set())
    assert kind_of(grids).kind is TableKind.MATRIX
    assert letters(matrix) == expected
    assert {part["text"] for part in to_json(review(matrix))["unused"]} == unused


TABLE = [["Task", "Ana", "Ben", "Eve"], ["Search", "A", "R", "C"], ["Prices", "R", "A", "I"]]
TABLE += [["Returns", "A", "R", "I"]]
EXPECTED = parsed("""Search: Ana A, Ben R, Eve C
        Prices: Ana R, Ben A, Eve I
        Returns: Ana A, Ben R, Eve I""")


@pytest.mark.parametrize(
    "legend",
    [
        ["R: Responsible", "A: Accountable", "C: Consulted", "I: Informed"],
        ["R : Réalise", "A : Approuve", "C : Consulté", "I : Informé"],
        ["V = Verifies", "A = Accountable", "R = Responsible", "C = Consulted"],
    ],
)
def test_a_legend_in_one_column_at_the_side_is_no_party(legend, tmp_path):
    rows = [[*row, "", text] for row, text in zip(TABLE, legend, strict=True)]
    assert letters(read_matrix(write_xlsx(tmp_path / "a.xlsx", rows))) == EXPECTED


@pytest.mark.parametrize(
    "legend",
    [
        [["Responsible", "R"], ["Accountable", "A"], ["Consulted", "C"], ["Informed", "I"]],
        [["R", "Réalise l’action"], ["A", "Approuve"], ["C", "Est consulté"], ["I", "Est informé"]],
        [["R = does it", "<"], ["A = answers for it", "<"], ["C = is asked", "<"]],
    ],
)
def test_a_legend_below_has_no_rows(legend, tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [*TABLE, [], ["Legend"], *legend])
    assert letters(read_matrix(path)) == EXPECTED


@pytest.mark.parametrize("sign", ["²", " ¹", "*", "†", "[^1]", "<sup>a</sup>", "<sup>(1)</sup>"])
@pytest.mark.parametrize("cell", [(1, 0), (0, 2), (1, 1)])
def test_the_sign_of_a_footnote_belongs_to_no_label_heading_or_letter(sign, cell, tmp_path):
    rows = [[*row] for row in TABLE]
    rows[cell[0]][cell[1]] += sign
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    path = tmp_path / "a.md"
    path.write_text("\n".join([lines[0], "|---|---|---|---|", *lines[1:]]), "utf-8")
    assert letters(read_matrix(path)) == EXPECTED


def test_a_unit_and_an_ordinal_are_no_footnotes(tmp_path):
    path = tmp_path / "a.md"
    rows = "| Shop of 90 m² | A | R |\n| 2<sup>e</sup> lot | R | A |\n"
    path.write_text(f"| Task | Ana | Ben |\n|---|---|---|\n{rows}", "utf-8")
    assert [row.label for row in read_matrix(path).rows] == ["Shop of 90 m²", "2e lot"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Task,R,A,C\nSearch,R,A,C\nReturns,A,R,I\n",
            "Search: R R, A A, C C\n        Returns: R A, A R, C I",
        ),
        (
            ",Team North,,Team South\nTask,RA,CA,IS\nSearch,R,A,C\nReturns,A,R,I\n",
            "Search: RA R, CA A, IS C\n        Returns: RA A, CA R, IS I",
        ),
        (
            "Rôle;Prix;Retours\nRéalisateur;SI;SAV\nApprobateur;DAF;SI\nConsulté;SAV;DAF\n",
            "Prix: SI R, DAF A, SAV C\n        Retours: SAV R, SI A, DAF C",
        ),
    ],
)
def test_parties_that_are_called_like_letters_are_parties(text, rows, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    assert letters(read_matrix(path)) == parsed(rows)


@pytest.mark.parametrize(
    "heading",
    [
        "Final accountability",
        "Who signs off?",
        "Sign-off",
        "Approver / Sponsor",
        "Approving authority",
        "Accountable Executive",
        "Décision finale",
        "Validé par",
        "Gesamtverantwortung",
        "Freigabe",
        "Genehmigt durch",
        "Accountable *",
    ],
)
def test_whoever_answers_for_a_row_is_known_by_more_headings(heading, tmp_path):
    path = tmp_path / "a.csv"
    text = f"Topic;Responsible;{heading};Consulted\nSearch;Ana;Ben;Eve\nPrices;Eve;Ben;Ana\n"
    path.write_text(text, "utf-8")
    assert [read_matrix(path).holders(row, "A") for row in read_matrix(path).rows] == [
        ("Ben",),
        ("Ben",),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hello all,\nthe RACI is R, A, C and I\nthanks, Ana\n",
        "Bonjour,\nle RACI, qui est prêt, sera envoyé demain, merci\nR, A, C, I, comme convenu\n",
    ],
)
def test_a_mail_that_speaks_of_letters_is_no_matrix(text, tmp_path):
    path = tmp_path / "mail.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match="no RACI matrix found"):
        read_matrix(path)
