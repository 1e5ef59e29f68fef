"""Cells pasted from a spreadsheet, a mail or a list: rows of cells, and which column is which."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain

from workbook.widgets.views.scene import plain

Cells = list[str]

DELIMITERS = ("\t", ";", ",", "|")
LONGEST = 100_000
TITLE_LINES = 3
"""How many lines may stand above the header, such as the name of the sheet."""
SAMPLE = 20
"""How many rows are looked at to guess what a column holds."""

# Words of a heading that names people, and of all others by what their column holds.
_PEOPLE = {
    "name", "names", "nom", "noms", "prenom", "prenoms", "surname", "forename",
}  # fmt: skip
_BESIDE = {
    "first", "last", "given", "family", "full", "display", "complet", "famille", "de", "et", "and",
    "person", "personne", "personnes", "people", "who", "qui", "employee", "employe", "employes",
    "collaborateur", "collaborateurs", "contact", "participant", "stakeholder", "interlocuteur",
}  # fmt: skip
_FIRST = {"first", "given", "prenom", "prenoms", "forename"}
_LAST = {"last", "family", "famille", "surname"}
_HELD = {
    "email": {"email", "mail", "courriel"},
    "title": {
        "title", "role", "function", "position", "job", "designation", "fonction", "poste",
        "intitule", "titre", "metier",
    },
    "unit": {
        "unit", "department", "dept", "team", "division", "service", "departement", "direction",
        "equipe", "entite", "bu", "pole", "rattachement",
    },
    "inside": {"outside", "external", "externe", "exterieur", "company", "societe"},
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_MAILBOX = re.compile(r"\s*\"?([^\"<>;]+?)\"?\s*<([^@\s<>]+@[^@\s<>]+)>\s*,?\s*")
_NUMBER = re.compile(r"[\d\s.+()/-]+")


def read_cells(text: str) -> list[Cells]:
    """Rows of cells without the empty ones; line breaks and doubled spaces in a cell are one."""
    text = re.sub(r"\r\n?", "\n", text[:LONGEST]).lstrip("\ufeff")
    rows = _mailboxes(text) or _split(text, _delimiter(text))
    tidy = ([" ".join(cell.split()) for cell in row] for row in rows)
    return [row for row in tidy if any(row)]


def mailbox(text: str) -> tuple[str, str]:
    """(name, e-mail) of `Ana Ruiz <ana@example.org>`; the text itself and no e-mail else."""
    match = _MAILBOX.fullmatch(text)
    return (match[1].strip(), match[2]) if match else (text, "")


def _mailboxes(text: str) -> list[Cells]:
    """The recipients of a mail, as `Ana <ana@…>; Bo <bo@…>`; none if the text is anything else."""
    pieces = [piece for piece in re.split(r"[;\n]|(?<=>),", text) if piece.strip()]
    recipients = [mailbox(piece) for piece in pieces]
    return [list(pair) for pair in recipients] if all(email for _, email in recipients) else []


def _delimiter(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    counts = {d: [line.count(d) for line in lines] for d in DELIMITERS}
    in_all = (d for d, per in counts.items() if lines and all(per))
    in_most = (d for d, per in counts.items() if lines and Counter(per).most_common(1)[0][0])
    return next(chain(in_all, in_most), DELIMITERS[0])


def _split(text: str, delimiter: str) -> list[Cells]:
    """The rows. A quotation mark that nobody closed is a letter and swallows no lines."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return _line_by_line(text, delimiter)
    swallowed = any(
        delimiter in cell and (delimiter == "\t" or "\n" in cell) for cell in chain(*rows)
    )
    return _line_by_line(text, delimiter) if swallowed or text.count('"') % 2 else rows


def _line_by_line(text: str, delimiter: str) -> list[Cells]:
    rows: list[Cells] = []
    for line in text.split("\n"):
        if delimiter == "\t" or line.count('"') % 2:
            rows.append(line.split(delimiter))
        else:
            rows.extend(csv.reader([line], delimiter=delimiter))
    return [[cell.strip().strip('"') for cell in row] for row in rows]


def header(rows: Sequence[Cells]) -> tuple[int, Cells] | None:
    """Which of the first lines is the header, and what each of its columns holds."""
    for index, cells in enumerate(rows[:TITLE_LINES]):
        columns = _headings(cells)
        if columns:
            return index, columns
    return None


def _headings(cells: Cells) -> Cells | None:
    words = [set(re.findall(r"[a-z]+", plain(cell).replace("e-mail", "email"))) for cell in cells]
    columns = [_heading(heading) for heading in words]
    columns = ["" if key in columns[:index] else key for index, key in enumerate(columns)]
    if "first" in columns and "name" in columns:  # "Prénom | Nom": the name is the last name
        columns[columns.index("name")] = "last"
    who = [index for index, key in enumerate(columns) if key in ("name", "first", "last")]
    # Nobody is called "Name"; somebody may be called "Contact": then a second heading must agree.
    sure = any(words[index] & _PEOPLE for index in who)
    enough = sum(map(bool, columns)) >= min(2, sum(map(bool, cells)))
    return columns if who and (sure or enough) else None


def _heading(words: set[str]) -> str:
    if words and words <= _PEOPLE | _BESIDE:
        if words & _FIRST:
            both = words & (_LAST | {"nom", "noms"})
            return "name" if both else "first"
        return "last" if words & _LAST else "name"
    return next((key for key, headings in _HELD.items() if words & headings), "")


def guessed(rows: Sequence[Cells], is_title: Callable[[str], bool]) -> Cells:
    """Columns without a header: e-mails and numbers by their look, titles as they are known."""
    width = max(map(len, rows), default=0)
    held = [[row[at] for row in rows[:SAMPLE] if at < len(row) and row[at]] for at in range(width)]
    columns = [_look(cells) for cells in held]
    titles = [
        0 if kind else sum(map(is_title, cells)) for cells, kind in zip(held, columns, strict=True)
    ]
    if sum(not kind for kind in columns) > 1 and max(titles):
        columns[titles.index(max(titles))] = "title"
    for key in ("name", "title", "unit"):
        if key not in columns and "" in columns:
            columns[columns.index("")] = key
    return ["" if kind == "number" else kind for kind in columns]


def _look(cells: Cells) -> str:
    if cells and all(map(_EMAIL.fullmatch, cells)):
        return "email"
    return "number" if cells and all(map(_NUMBER.fullmatch, cells)) else ""
