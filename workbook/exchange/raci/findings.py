"""What a RACI matrix says about itself, row by row: findings as codes and parties, no sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from workbook.exchange.raci.matrix import Matrix, MatrixRow

Kind = Literal[
    "no_accountable",
    "several_accountable",
    "no_responsible",
    "empty_row",
    "two_letters",
    "overloaded_party",
    "note",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

FAIR_SHARES = 2.0
"""How many fair shares of the rows a party may be accountable for (parameter `threshold`)."""
FEWEST_ROWS = 5
"""Fewer rows than this are no burden, whatever their share: tiny matrices stay quiet."""
LEAST_SHARE = 1 / 3
"""A smaller share of the rows is no burden either, however many parties there are to share with."""


@dataclass(frozen=True, slots=True)
class MatrixFinding:
    """A conclusion on one row. `parties` are those it is about; none where nobody is."""

    row: MatrixRow
    kind: Kind
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A matrix with its findings, in the order of the rows; those on the whole matrix are last."""

    matrix: Matrix
    findings: tuple[MatrixFinding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Findings by kind, every kind named, 0 where there is none."""
        counts = Counter(finding.kind for finding in self.findings)
        return {kind: counts[kind] for kind in KINDS}

    def of(self, row: MatrixRow) -> tuple[MatrixFinding, ...]:
        """The findings on one row."""
        return tuple(finding for finding in self.findings if finding.row == row)


def review(matrix: Matrix, *, threshold: float = FAIR_SHARES) -> Review:
    """Derive the findings of a matrix.

    - `empty_row`: nobody has any letter; no other finding is made on such a row.
    - `no_accountable`, `several_accountable`: not exactly one A; `no_responsible`: no R.
    - `note`: A and R, and nothing else, on one party. Usual in small teams, no violation.
    - `two_letters`: any other two or more letters on one party.
    - Nobody is missed in a role that a column which was not read may hold.
    - `overloaded_party`: see `overloaded`. It is about the whole matrix, so its row is the heading
      line under which the party stands.
    """
    findings = [finding for row in matrix.rows for finding in _of_row(matrix, row)]
    findings += [
        MatrixFinding(matrix.heads[party], "overloaded_party", (party,))
        for party in overloaded(matrix, threshold=threshold)
    ]
    return Review(matrix, tuple(findings))


def _of_row(matrix: Matrix, row: MatrixRow) -> Iterator[MatrixFinding]:
    held = {party: letters for party in matrix.parties if (letters := matrix.letters(row, party))}
    if not held:
        yield MatrixFinding(row, "empty_row")
        return
    accountable = matrix.holders(row, "A")
    if not accountable and "A" not in matrix.unjudged.get(row, ""):
        yield MatrixFinding(row, "no_accountable")
    if len(accountable) > 1:
        yield MatrixFinding(row, "several_accountable", accountable)
    if not matrix.holders(row, "R") and "R" not in matrix.unjudged.get(row, ""):
        yield MatrixFinding(row, "no_responsible")
    several = {party: letters for party, letters in held.items() if len(letters) > 1}
    both = tuple(party for party, letters in several.items() if set(letters) == {"A", "R"})
    mixed = tuple(party for party in several if party not in both)
    if mixed:
        yield MatrixFinding(row, "two_letters", mixed)
    if both:
        yield MatrixFinding(row, "note", both)


def overloaded(matrix: Matrix, *, threshold: float = FAIR_SHARES) -> tuple[str, ...]:
    """The parties that are accountable for far more rows than a fair share.

    The fair share is the rows with anybody accountable ÷ the parties that hold any letter. A party
    is overloaded if it is accountable for more than `threshold` fair shares, for at least
    `FEWEST_ROWS` rows, and for at least `LEAST_SHARE` of the rows with anybody accountable.
    """
    load = Counter(party for row in matrix.rows for party in matrix.holders(row, "A"))
    owned = sum(bool(matrix.holders(row, "A")) for row in matrix.rows)
    involved = {party for _, party in matrix.cells}
    least = max(FEWEST_ROWS, LEAST_SHARE * owned)
    return tuple(
        party
        for party in matrix.parties
        if load[party] >= least and load[party] * len(involved) > threshold * owned
    )
