"""How people write letters, headings and names, and what must not be taken for them."""

from __future__ import annotations

import pytest

from workbook.exchange.raci.letters import heading_letters, is_mark, parse_mark
from workbook.exchange.raci.names import annotated, split_names
from workbook.exchange.raci.vocabulary import settle


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("A", "A"),
        ("r", "R"),
        (" C ", "C"),
        ("\u00a0I\u00a0", "I"),
        ("A/R", "AR"),
        ("R/A", "AR"),
        ("R / A", "AR"),
        ("RA", "AR"),
        ("ar", "AR"),
        ("C, I", "CI"),
        ("I;C", "CI"),
        ("R;A", "AR"),
        ("R & A", "AR"),
        ("A+R", "AR"),
        ("R et A", "AR"),
        ("R and A", "AR"),
        ("A-R", "AR"),
        ("A | R", "AR"),
        ("A\nR", "AR"),
        ("A R", "AR"),
        ("(A)", "A"),
        ("[A]", "A"),
        ("R (A)", "AR"),
        ("A*", "A"),
        ("A†", "A"),
        ("A?", "A"),
        ("A.", "A"),
        ("A. R.", "AR"),
        ("A1", "A"),
        ("A¹", "A"),
        ("A (pilot only)", "A"),
        ("R (Content)", "R"),
        ("C – on request", "C"),
        ("I: weekly", "I"),
        ("\uff21", "A"),
        ("А", "A"),
        ("С,І", "CI"),
        ("Responsible", "R"),
        ("ACCOUNTABLE", "A"),
        ("Accountable / Responsible", "AR"),
        ("Réalisateur", "R"),
        ("réalisatrice", "R"),
        ("Approbateur", "A"),
        ("Consulté(e)", "C"),
        ("Informé·e·s", "I"),
        ("Responsable", "R"),
        ("S", "S"),
        ("V", "V"),
        ("A/S", "AS"),
        ("", ""),
        ("-", ""),
        ("—", ""),
        ("n/a", ""),
        ("N", ""),
        ("s.o.", ""),
    ],
)
def test_a_cell_gives_its_letters(text, letters):
    mark = parse_mark(text)
    assert mark is not None
    assert mark.letters == letters


@pytest.mark.parametrize("text", ["X", "D", "3", "Paul", "TBD", "Approve", "air", "car", "R2D2"])
def test_what_is_no_letter_is_not_guessed(text):
    assert parse_mark(text) is None


@pytest.mark.parametrize(
    "text",
    ["RACI", "Responsible, Accountable, Consulted, Informed", "A (pilot only)", "-", ""],
)
def test_titles_remarks_and_blanks_are_no_evidence_of_a_matrix(text):
    assert not is_mark(text)


@pytest.mark.parametrize(
    ("heading", "letters"),
    [
        ("Responsible", "R"),
        ("responsible(s)", "R"),
        ("Responsible (R)", "R"),
        ("R (Responsible)", "R"),
        ("R - Responsible", "R"),
        ("Accountable person", "A"),
        ("Approver", "A"),
        ("Owner (A)", "A"),
        ("A", "A"),
        ("Consult", "C"),
        ("Supported by", "S"),
        ("Réalisateurs", "R"),
        ("Réalisateur/trice", "R"),
        ("Approbateur", "A"),
        ("Consulté(e)s", "C"),
        ("Personnes informées", "I"),
        ("À informer", "I"),
        ("Resp.", "R"),
        ("Appr.", "A"),
        ("Cons.", "C"),
        ("Inf.", "I"),
        ("R/A", "AR"),
        ("Responsible / Accountable", "AR"),
        ("Consultés / informés", "C"),
        ("Responsable monitoring", ""),
        ("Responsibility", ""),
        ("Support team manager", ""),
        ("Region", ""),
        ("R = Responsible", "R"),
        ("Comments", ""),
    ],
)
def test_a_heading_names_a_role(heading, letters):
    assert heading_letters(heading) == letters


@pytest.mark.parametrize(
    ("texts", "responsable", "swapped"),
    [
        (["Responsable", "Approbateur"], "R", False),
        (["Réalisateur", "Responsable", "Consulté"], "A", False),
        (["Réalisateur", "Approbateur", "Responsable"], "R", False),
        (["R = Responsable, A = Acteur"], "A", True),
        (["R = Réalisateur, A = Approbateur"], "R", False),
        (["R = Responsible (réalise)", "A = Accountable"], "R", False),
        (["Acteur", "Responsable"], "R", False),
    ],
)
def test_responsable_means_what_the_other_words_leave_to_it(texts, responsable, swapped):
    dialect = settle(texts)
    assert (dialect.responsable, dialect.meant("A") == "R") == (responsable, swapped)


def test_letters_follow_a_legend_that_swaps_them():
    assert parse_mark("A", settle(["R = Responsable, A = Acteur"])).letters == "R"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana, Bruno", ("Ana", "Bruno")),
        ("Ana; Bruno", ("Ana", "Bruno")),
        ("Ana/Bruno", ("Ana", "Bruno")),
        ("Ana\nBruno", ("Ana", "Bruno")),
        ("Ana|Bruno", ("Ana", "Bruno")),
        ("Ana and Bruno", ("Ana", "Bruno")),
        ("Ana et Bruno", ("Ana", "Bruno")),
        ("Ana & Bruno", ("Ana", "Bruno")),
        ("Ana + Bruno", ("Ana", "Bruno")),
        ("Ana ou Bruno", ("Ana", "Bruno")),
        ("- Ana\n- Bruno", ("Ana", "Bruno")),
        ("Ana, ana, ANA", ("Ana",)),
        ("Ana (shop, stock), Bruno", ("Ana (shop, stock)", "Bruno")),
        ("UX/UI designer, R&D", ("UX/UI designer", "R&D")),
        ("Fernand", ("Fernand",)),
        ("Head of Sales and Marketing", ("Head of Sales and Marketing",)),
        ("Head of Sales and Head of IT", ("Head of Sales", "Head of IT")),
        ("Direction marketing et communication", ("Direction marketing et communication",)),
        ("Legal & Compliance team", ("Legal & Compliance team",)),
        ("Sales and Marketing", ("Sales", "Marketing")),
        ("Sponsor and Project Manager", ("Sponsor", "Project Manager")),
        ("", ()),
        ("-", ()),
        ("TBD", ()),
        ("à nommer", ()),
        ("vacant", ()),
    ],
)
def test_a_cell_of_names_is_parted(text, names):
    assert split_names(text) == names


def test_half_of_a_title_that_is_a_party_elsewhere_is_a_party():
    title = "Direction générale et DSI métier"
    assert split_names(title) == (title,)
    assert split_names(title, frozenset({"direction generale"})) == (
        "Direction générale",
        "DSI métier",
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ana (A)", (("Ana", "A"),)),
        ("Ana (A, R), Bruno(I)", (("Ana", "A, R"), ("Bruno", "I"))),
        ("Ana (Paris)", ()),
        ("Ana", ()),
        ("A (Ana)", ()),
    ],
)
def test_names_may_carry_their_letters(text, found):
    assert annotated(text) == found
