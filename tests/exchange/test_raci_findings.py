"""What is said of a row, and of a party that carries too much."""

from __future__ import annotations

import pytest

from workbook.exchange.raci import KINDS, Matrix, MatrixRow, overloaded, review, to_json, to_text
from workbook.i18n import voice

HEAD = MatrixRow(1, "Task")


def matrix(*rows: dict[str, str]) -> Matrix:
    """A matrix from one mapping of party to letters per row; rows begin on line 2."""
    parties = tuple(dict.fromkeys(party for row in rows for party in row))
    lines = tuple(MatrixRow(number, f"Task {number}") for number in range(2, len(rows) + 2))
    cells = {
        (line, party): letters
        for line, row in zip(lines, rows, strict=True)
        for party, letters in row.items()
        if letters
    }
    return Matrix(lines, parties, cells, dict.fromkeys(parties, HEAD))


@pytest.mark.parametrize(
    ("row", "findings"),
    [
        ({"Ana": "A", "Bo": "R"}, []),
        ({"Ana": "A", "Bo": "R", "Cy": "R", "Di": "C"}, []),
        ({"Ana": "AR"}, [("note", ("Ana",))]),
        ({"Ana": "A"}, [("no_responsible", ())]),
        ({"Ana": "R"}, [("no_accountable", ())]),
        ({"Ana": "C", "Bo": "I"}, [("no_accountable", ()), ("no_responsible", ())]),
        ({"Ana": "", "Bo": ""}, [("empty_row", ())]),
        ({"Ana": "A", "Bo": "A", "Cy": "R"}, [("several_accountable", ("Ana", "Bo"))]),
        ({"Ana": "A", "Bo": "R", "Cy": "CI", "Di": "RC"}, [("two_letters", ("Cy", "Di"))]),
        ({"Ana": "ARC"}, [("two_letters", ("Ana",))]),
        ({"Ana": "AC", "Bo": "R"}, [("two_letters", ("Ana",))]),
        ({"Ana": "AS", "Bo": "R"}, [("two_letters", ("Ana",))]),
        (
            {"Ana": "AR", "Bo": "AR"},
            [("several_accountable", ("Ana", "Bo")), ("note", ("Ana", "Bo"))],
        ),
        (
            {"Ana": "AR", "Bo": "CI"},
            [("two_letters", ("Bo",)), ("note", ("Ana",))],
        ),
    ],
)
def test_a_row_gets_its_findings(row, findings):
    found = review(matrix(row)).findings
    assert [(finding.kind, finding.parties) for finding in found] == findings


def shared(rows: int, load: dict[str, int], bystanders: int = 0) -> Matrix:
    """Rows whose A is spread as `load` says, with bystanders who are informed of everything."""
    holders = [party for party, count in load.items() for _ in range(count)]
    assert len(holders) == rows
    others = {f"Bystander {n}": "I" for n in range(bystanders)}
    return matrix(*({holder: "A", **others} for holder in holders))


@pytest.mark.parametrize(
    ("load", "bystanders", "expected"),
    [
        ({"Ana": 5}, 3, ("Ana",)),
        ({"Ana": 4}, 3, ()),  # too few rows to be a burden
        ({"Ana": 5, "Bo": 5}, 0, ()),  # two who share
        ({"Ana": 9, "Bo": 1}, 0, ()),  # of two, even all is not more than twice the half
        ({"Ana": 9, "Bo": 1}, 1, ("Ana",)),  # of three, nine of ten is
        ({"Ana": 6, "Bo": 4}, 1, ()),  # 6 × 3 parties = 18 ≤ 2 × 10
        ({"Ana": 7, "Bo": 3}, 1, ("Ana",)),  # 7 × 3 = 21 > 20
        ({"Ana": 5, "Bo": 5, "Cy": 5, "Di": 5}, 8, ()),  # a quarter each is no burden
    ],
)
def test_a_party_is_overloaded_beyond_two_fair_shares(load, bystanders, expected):
    assert overloaded(shared(sum(load.values()), load, bystanders)) == expected


def test_the_threshold_of_overload_can_be_set():
    found = shared(10, {"Ana": 6, "Bo": 4}, 1)
    assert overloaded(found, threshold=1.5) == ("Ana",)


def test_rows_that_nobody_is_accountable_for_burden_nobody():
    rows = [{"Ana": "A", "Bo": "R", "Cy": "I"}] * 5 + [{"Bo": "R"}] * 20
    assert overloaded(matrix(*rows)) == ("Ana",)


def test_overload_stands_on_the_heading_line_after_the_rows():
    found = review(shared(5, {"Ana": 5}, 3))
    assert [finding.kind for finding in found.findings] == ["no_responsible"] * 5 + [
        "overloaded_party"
    ]
    assert found.findings[-1].row == HEAD


def test_json_names_row_label_kind_and_parties_and_counts_every_kind():
    said = to_json(review(matrix({"Ana": "AR", "Bo": "C"}, {"Ana": ""})))
    assert said == {
        "findings": [
            {"row": 2, "label": "Task 2", "kind": "note", "parties": ["Ana"]},
            {"row": 3, "label": "Task 3", "kind": "empty_row", "parties": []},
        ],
        "counts": {**dict.fromkeys(KINDS, 0), "note": 1, "empty_row": 1},
        "unused": [],
    }


def test_json_tells_sheets_apart_where_there_are_several():
    rows = MatrixRow(2, "Prices", sheet="Shop"), MatrixRow(2, "Stock", sheet="Logistics")
    said = to_json(review(Matrix(rows, (), {})))
    assert [(one["sheet"], one["row"]) for one in said["findings"]] == [
        ("Shop", 2),
        ("Logistics", 2),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["nobody responsible", "several accountable: Ana and Bo", "1 empty row"]),
        ("fr", ["aucun réalisateur", "plusieurs approbateurs\u00a0: Ana et Bo", "1 ligne vide"]),
    ],
)
def test_the_text_says_every_row_in_both_languages(language, words):
    said = to_text(review(matrix({"Ana": "A", "Bo": "A"}, {"Ana": ""})), voice(language))
    assert all(word in said for word in [*words, "Task 2", "Task 3"])


def test_french_leaves_no_sentence_in_english():
    everything = matrix(
        {"Ana": "AR", "Bo": "CI"}, {"Ana": "A", "Bo": "A"}, {"Ana": ""}, {"Bo": "I"}
    )
    english = to_text(review(everything), voice("en")).splitlines()
    french = to_text(review(everything), voice("fr")).splitlines()
    assert [e for e, f in zip(english, french, strict=True) if e == f and e.strip()] == []
