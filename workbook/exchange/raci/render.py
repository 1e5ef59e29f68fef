"""A review as text for a person, row by row, and as JSON for a machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from workbook.exchange.raci.findings import MatrixFinding, Review
from workbook.exchange.raci.matrix import Matrix, MatrixRow, Stray
from workbook.i18n import Voice
from workbook.wording.headings import absences, headings

WIDEST = 44
"""Characters of a row's label before it is cut."""


def to_json(review: Review) -> dict[str, Any]:
    """`{"findings": [{"row", "label", "kind", "parties"}], "counts": {kind: n}, "unused": […]}`.

    `row` is the row of the spreadsheet or line of the file. Findings on a workbook whose matrices
    stand on several sheets also have `sheet`, because the row alone would not tell them apart.
    `unused` lists what stands in no matrix, and texts in the place of letters: `kind` is column,
    line, sheet or cell.
    """
    several = len({row.sheet for row in review.matrix.rows}) > 1
    return {
        "findings": [_finding_json(finding, several=several) for finding in review.findings],
        "counts": review.counts,
        "unused": [*_unused_json(review.matrix)],
    }


def _unused_json(matrix: Matrix) -> Iterator[dict[str, Any]]:
    for item in matrix.unused:
        sheet = {"sheet": item.sheet} if item.sheet else {}
        yield {**sheet, "kind": item.kind, "row": item.number, "text": item.text}
    for stray in matrix.unread:
        sheet = {"sheet": stray.row.sheet} if stray.row.sheet else {}
        row = {"row": stray.row.number, "label": stray.row.label}
        yield {**sheet, "kind": "cell", **row, "party": stray.party, "text": stray.text}


def _finding_json(finding: MatrixFinding, *, several: bool) -> dict[str, Any]:
    row = finding.row
    sheet = {"sheet": row.sheet} if several else {}
    parties = list(finding.parties)
    return {
        **sheet,
        "row": row.number,
        "label": row.label,
        "kind": finding.kind,
        "parties": parties,
    }


def to_text(review: Review, voice: Voice) -> str:
    """Every row with what is to be said about it, then what holds for the whole matrix."""
    matrix = review.matrix
    lines = [
        voice.t(
            "{rows}, {parties}",
            rows=voice.n("{count} row", "{count} rows", len(matrix.rows)),
            parties=voice.n("{count} party", "{count} parties", len(matrix.parties)),
        )
    ]
    lines += _rows(review, voice)
    lines += _whole(review, voice)
    for title, listed in (
        (voice.t("Could not be read"), unread_lines(matrix, voice)),
        (headings(voice)["not_used"], [*_unused_lines(matrix, voice)]),
    ):
        lines += ["", title, *(f"  {line}" for line in listed)] if listed else []
    return "\n".join([*lines, "", _summary(review, voice)])


def _rows(review: Review, voice: Voice) -> Iterator[str]:
    rows = review.matrix.rows
    digits = max(len(str(row.number)) for row in rows)
    wide = min(WIDEST, max(len(_label(row, voice)) for row in rows))
    by_row: dict[MatrixRow, list[MatrixFinding]] = defaultdict(list)
    for finding in review.findings:
        by_row[finding.row].append(finding)
    section = ("", "")
    for row in rows:
        if (row.sheet, row.section) != section:
            section = (row.sheet, row.section)
            yield ""
            yield " › ".join(part for part in section if part)
        remarks = [say(finding, voice) for finding in by_row[row]]
        violated = any(finding.kind != "note" for finding in by_row[row])
        sign = "✗" if violated else "✓"
        label = _cut(_label(row, voice))
        yield f"  {row.number:>{digits}}  {sign} {label:<{wide}}  {' · '.join(remarks)}".rstrip()


def _label(row: MatrixRow, voice: Voice) -> str:
    return row.label or voice.t("(no label)")


def _cut(label: str) -> str:
    return label if len(label) <= WIDEST else label[: WIDEST - 1] + "…"


def say(finding: MatrixFinding, voice: Voice) -> str:
    """One finding in words, without its row."""
    parties = voice.listing(finding.parties)
    texts = {
        "no_accountable": absences(voice)["nobody"],
        "several_accountable": voice.t("several accountable: {parties}", parties=parties),
        "no_responsible": voice.t("nobody responsible"),
        "empty_row": voice.t("empty row: nobody has a letter"),
        "two_letters": voice.t("two letters on one party: {parties}", parties=parties),
        "overloaded_party": voice.t(
            "{parties} is accountable for far too many rows", parties=parties
        ),
        "note": voice.t("note: accountable and responsible at once: {parties}", parties=parties),
    }
    return texts[finding.kind]


def _whole(review: Review, voice: Voice) -> list[str]:
    overloads = [finding for finding in review.findings if finding.kind == "overloaded_party"]
    if not overloads:
        return []
    return [
        "",
        voice.t("The whole matrix"),
        *(f"  ✗ {say(finding, voice)}" for finding in overloads),
    ]


def _unused_lines(matrix: Matrix, voice: Voice) -> Iterator[str]:
    """The columns of each table on one line, then every line that stands in no matrix."""
    columns: dict[tuple[str, int], list[str]] = {}
    for item in matrix.unused:
        if item.kind == "column":
            columns.setdefault((item.sheet, item.number), []).append(item.text)
    for (_, row), texts_of_column in columns.items():
        texts = voice.listing(texts_of_column)
        yield voice.n(
            "column {texts} of the heading in row {row}",
            "columns {texts} of the heading in row {row}",
            len(texts_of_column),
            texts=texts,
            row=row,
        )
    for item in matrix.unused:
        if item.kind == "sheet":
            yield voice.t("sheet “{sheet}”: no matrix in it", sheet=item.text)
        elif item.kind == "line":
            yield voice.t("row {row}: “{text}”", row=item.number, text=_cut(item.text))


def unread_lines(matrix: Matrix, voice: Voice) -> list[str]:
    """One line for each text that stands where letters should and means nothing to us."""
    places: dict[str, list[Stray]] = {}
    for stray in matrix.unread:
        places.setdefault(" ".join(stray.text.split()), []).append(stray)
    return [
        voice.n(
            "“{text}” in {count} cell: row {row}, {party}",
            "“{text}” in {count} cells, first in row {row}, {party}",
            len(strays),
            text=text,
            row=strays[0].row.number,
            party=strays[0].party or voice.t("a column without a heading"),
        )
        for text, strays in places.items()
    ]


def _summary(review: Review, voice: Voice) -> str:
    counts = review.counts
    texts = [
        voice.n("{count} row without anybody accountable",
                "{count} rows without anybody accountable", counts["no_accountable"]),
        voice.n("{count} row with several accountable",
                "{count} rows with several accountable", counts["several_accountable"]),
        voice.n("{count} row without anybody responsible",
                "{count} rows without anybody responsible", counts["no_responsible"]),
        voice.n("{count} empty row", "{count} empty rows", counts["empty_row"]),
        voice.n("{count} row with two letters on one party",
                "{count} rows with two letters on one party", counts["two_letters"]),
        voice.n("{count} overloaded party", "{count} overloaded parties",
                counts["overloaded_party"]),
        voice.n("{count} note", "{count} notes", counts["note"]),
    ]  # fmt: skip
    counted = [text for text, count in zip(texts, counts.values(), strict=True) if count]
    return " · ".join(counted) if counted else voice.t("Nothing to object to.")
