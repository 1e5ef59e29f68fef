"""The decided map as a RACI matrix: for a spreadsheet, Markdown, or a page in Confluence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from workbook.exchange.owners.decided import DecidedSubject, decided_subjects
from workbook.wording.fields import field_names
from workbook.wording.headings import headings
from workbook.wording.phrases import Phrases

Rows = list[list[str]]


def matrix_rows(phrases: Phrases) -> Rows:
    """A heading, then per area a row with its name and one per subject; the deputy stands last."""
    subjects = [*decided_subjects(phrases)]
    parties = dict.fromkeys(party for subject in subjects for party, _ in subject.letters())
    last = field_names(phrases.voice)["deputy"]
    rows = [
        [headings(phrases.voice)["subject"], *map(phrases.engagement.party_name, parties), last]
    ]
    area = ""
    for subject in subjects:
        if subject.area != area:
            area = subject.area
            rows.append([phrases.area(area), *[""] * (len(parties) + 1)])
        rows.append(_row(phrases, subject, parties))
    return rows


def _row(phrases: Phrases, subject: DecidedSubject, parties: Iterable[str]) -> list[str]:
    letters: dict[str, list[str]] = {}
    for party, letter in subject.letters():
        letters.setdefault(party, []).append(letter)
    deputy = phrases.engagement.party_name(subject.deputy) if subject.deputy else ""
    cells = ("/".join(letters.get(party, ())) for party in parties)
    return [phrases.focal(subject.point.key), *cells, deputy]


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a pipe table."""
    lines = ["| " + " | ".join(map(_piped, row)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


def _piped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")


def html_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a plain table, to paste into a page."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in rows[0])
    lines = [f"<thead><tr>{head}</tr></thead>", "<tbody>", *map(_line, rows[1:]), "</tbody>"]
    return "\n".join(["<table>", *lines, "</table>", ""])


def _line(row: Sequence[str]) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in row[1:])
    return f'<tr><th scope="row">{escape(row[0])}</th>{cells}</tr>'
