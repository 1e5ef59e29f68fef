"""The decided map as a RACI matrix: for Markdown, and to paste into a page in Confluence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from workbook.exchange.owners.decided import DecidedSubject, decided_subjects
from workbook.wording.fields import field_names
from workbook.wording.headings import headings
from workbook.wording.phrases import Phrases
from workbook.wording.states import role_names


@dataclass(frozen=True, slots=True)
class OwnersRow:
    """A subject with the letters of each party and its deputy, or the name of an area alone."""

    label: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnersMatrix:
    """Who owns what: a heading, rows by area, and what the letters mean."""

    title: str
    heading: tuple[str, ...]
    rows: tuple[OwnersRow, ...]
    legend: str


def owners_matrix(phrases: Phrases) -> OwnersMatrix:
    """Every subject in scope by its area; the deputy stands in the last column."""
    subjects = [*decided_subjects(phrases)]
    parties = dict.fromkeys(party for subject in subjects for party, _ in subject.letters())
    voice, name = phrases.voice, phrases.engagement.organisation.name
    rows: list[OwnersRow] = []
    area = ""
    for subject in subjects:
        if subject.area != area:
            area = subject.area
            rows.append(OwnersRow(phrases.area(area)))
        rows.append(_row(phrases, subject, parties))
    names = (phrases.engagement.party_name(party) for party in parties)
    deputy = field_names(voice)["deputy"]
    return OwnersMatrix(
        title=f"RACI – {name}, {voice.date(phrases.evaluation.as_of)}",
        heading=(headings(voice)["subject"], *names, deputy),
        rows=tuple(rows),
        legend=", ".join(
            f"{sign} = {role}" for sign, role in role_names(voice).items() if sign != "D"
        ),
    )


def _row(phrases: Phrases, subject: DecidedSubject, parties: Iterable[str]) -> OwnersRow:
    letters: dict[str, list[str]] = {}
    for party, letter in subject.letters():
        letters.setdefault(party, []).append(letter)
    deputy = phrases.engagement.party_name(subject.deputy) if subject.deputy else ""
    cells = ("/".join(letters.get(party, ())) for party in parties)
    return OwnersRow(phrases.focal(subject.point.key), (*cells, deputy))


def markdown_table(matrix: OwnersMatrix) -> str:
    """A pipe table below its title; areas are bold."""
    wide = len(matrix.heading)
    lines = [_piped(matrix.heading), "|---|" + ":-:|" * (wide - 2) + "---|"]
    for row in matrix.rows:
        label = row.label if row.cells else f"**{row.label}**"
        lines.append(_piped([label, *(row.cells or [""] * (wide - 1))]))
    return "\n".join([f"## {matrix.title}", "", *lines, "", matrix.legend, ""])


def _piped(texts: Sequence[str]) -> str:
    cells = (text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)
    return "| " + " | ".join(cells) + " |"


def html_table(matrix: OwnersMatrix) -> str:
    """A plain table with its title and legend, to paste into a page."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in matrix.heading)
    lines = [f"<thead><tr>{head}</tr></thead>", "<tbody>"]
    lines += [_line(row, len(matrix.heading)) for row in matrix.rows]
    caption = f"<caption>{escape(matrix.title)}</caption>"
    return "\n".join(
        ["<table>", caption, *lines, "</tbody>", "</table>", f"<p>{escape(matrix.legend)}</p>", ""]
    )


def _line(row: OwnersRow, wide: int) -> str:
    label = escape(row.label)
    if not row.cells:
        return f'<tr><th scope="rowgroup" colspan="{wide}">{label}</th></tr>'
    *letters, deputy = map(escape, row.cells)
    centred = '<td style="text-align: center">{}</td>'
    cells = "".join(centred.format(text) if text else "<td></td>" for text in letters)
    return f'<tr><th scope="row">{label}</th>{cells}<td>{deputy}</td></tr>'
