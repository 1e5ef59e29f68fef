"""Which column of a list of people holds what, by its heading and by its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from workbook.exchange.people.cells import Cells
from workbook.exchange.tables.words import fold, word_set
from workbook.scoring.titles import Recogniser

TITLE_LINES = 10
"""How many lines may stand above the header, such as the name of the sheet."""
SAMPLE = 20
"""How many rows are looked at to guess what a column holds."""
MOST_CELLS = 0.5
"""A column holds e-mails if at least this share of its cells are."""

# Words of a heading that names people, and of all others by what their column holds.
_PEOPLE = word_set(
    "name names nom noms prenom prenoms surname forename vorname nachname familienname sn"
)
_BESIDE = word_set(
    "first last given family full display legal preferred complet famille usuel usage naissance de "
    "d et and person personne personnes people who qui employee employe employes worker salarie "
    "salaries agent collaborateur collaborateurs mitarbeiter contact participant stakeholder "
    "interlocuteur required und user member"
)
_FIRST = word_set("first given prenom prenoms forename vorname")
_LAST = word_set("last family famille surname nachname familienname usuel usage sn")
_WHOLE = word_set("full display complet legal")
_HELD = {
    "email": word_set("email mail mails courriel messagerie upn"),
    "title": word_set(
        "title role function position job designation fonction poste intitule titre metier emploi "
        "headline stelle funktion berufsbezeichnung stellenbezeichnung"
    ),
    "unit": word_set(
        "unit department dept team division service departement direction equipe entite bu pole "
        "rattachement abteilung bereich organisation"
    ),
    "inside": word_set("outside external externe exterieur extern usertype guest"),
    "active": word_set("enabled active actif aktiv status statut etat"),
}
# A manager is a person too, but not the one of the row; what it is called is no address.
_OTHERS = word_set("manager supervisor responsable n1 vorgesetzter superieur hierarchique")
_ASIDE = word_set("label type middle suffix prefix phonetic nickname id matricule number")
_HONORIFIC = word_set("mr mrs ms miss mx m mme mlle dr pr prof me herr frau sir")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_NUMBER = re.compile(r"[\d\s.+()/-]+")
_CAPITALS = re.compile(
    r"(?=[^a-zà-ÿ ]{3}|[^a-zà-ÿ ]+ [^a-zà-ÿ ]{2})"
    r"[^\W\d_a-zà-ÿ]{2,}(?:[ '’-][^\W\d_a-zà-ÿ]+)*(?= [^\W\d_]*[a-zà-ÿ])"
)


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address and nothing else."""
    return bool(_EMAIL.fullmatch(text))


def header(rows: Sequence[Cells]) -> tuple[int, Cells] | None:
    """Which of the first lines is the header, and what each of its columns holds."""
    for index, cells in enumerate(rows[:TITLE_LINES]):
        columns = _headings(cells, rows[index + 1 : index + 1 + SAMPLE])
        if columns:
            return index, columns
    return None


def lettered_columns(rows: Sequence[Cells], recogniser: Recogniser) -> tuple[int, Cells] | None:
    """What the columns of a list without headings hold, under the letters in its first row."""

    def is_title(cell: str) -> bool:
        return recogniser.recognise(cell).title is not None

    return (0, guessed(rows[1:], is_title)) if rows else None


def heading_words(heading: str) -> set[str]:
    """The words of a heading: camelCase and snake_case split, "e-mail" one word."""
    split = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", heading)
    plain = fold(split).replace("e-mail", "email").replace("user type", "usertype")
    return set(re.findall(r"[a-z]+|n\+1", plain))


def _headings(cells: Cells, below: Sequence[Cells]) -> Cells | None:
    words = [heading_words(cell) for cell in cells]
    held = [[row[at] for row in below if at < len(row) and row[at]] for at in range(len(cells))]
    columns = [_heading(words[at], held[at]) for at in range(len(cells))]
    for key in (*_HELD, "name", "first", "last"):
        candidates = [at for at, column in enumerate(columns) if column == key]
        best = max(candidates, key=lambda at: _fitness(key, words[at], at), default=None)
        columns = [
            "" if column == key and at != best else column for at, column in enumerate(columns)
        ]
    if "name" in columns and "first" in columns:
        _tell_apart(columns, held)
    who = [index for index, key in enumerate(columns) if key in ("name", "first", "last")]
    # Nobody is called "Name"; somebody may be called "Contact": then a second heading must agree.
    sure = any(words[index] & _PEOPLE for index in who)
    enough = sum(map(bool, columns)) >= min(2, sum(map(bool, cells)))
    return columns if who and (sure or enough) else None


def _heading(words: set[str], held: Sequence[str]) -> str:
    """What a column holds; a heading that its cells contradict says nothing."""
    if words & _OTHERS and not words & _HELD["title"]:
        return ""
    if words and words <= _PEOPLE | _BESIDE and not words <= {"user"}:
        if words & _FIRST:
            both = words & (_LAST | {"nom", "noms"})
            return "name" if both else "first"
        return "last" if words & _LAST else "name"
    emails = sum(map(is_email, held)) >= max(1, MOST_CELLS * len(held))
    key = next((key for key, headings in _HELD.items() if words & headings), "")
    if key == "email" or ("principal" in words and emails):
        return "email" if (emails or not held) and "label" not in words else ""
    if key == "title" and (held and all(fold(cell).rstrip(".") in _HONORIFIC for cell in held)):
        return ""
    return "" if words & _ASIDE else key


def _fitness(key: str, words: set[str], at: int) -> tuple[int, int, int]:
    """Of two columns that may hold the same, "Job Title" is more of a title than "Title"."""
    plain_mail = key == "email" and bool(words & _HELD["email"])
    whole = key == "name" and bool(words & _WHOLE)
    longer = len(words) if key == "title" else 0
    return int(plain_mail or whole), longer, -at


def _tell_apart(columns: Cells, held: Sequence[Sequence[str]]) -> None:
    """The name of "Prénom | Nom" is the last name, unless it holds the first name too."""
    name, first = columns.index("name"), columns.index("first")
    pairs = list(zip(held[name], held[first], strict=False))
    whole = sum(fold(part) in fold(text) for text, part in pairs) > MOST_CELLS * len(pairs)
    if pairs and whole:
        columns[:] = ["" if key in ("first", "last") else key for key in columns]
    elif "last" in columns:
        columns[name] = ""
    else:
        columns[name] = "last"


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
    if cells and all(map(is_email, cells)):
        return "email"
    return "number" if cells and all(map(_NUMBER.fullmatch, cells)) else ""


def first_name_first(names: Sequence[str]) -> bool:
    """Whether names need turning: most are written as `RUIZ Ana`."""
    return sum(bool(_CAPITALS.match(name)) for name in names) > 0.8 * len(names)


def turned(name: str) -> str:
    """`Ana RUIZ` for `RUIZ Ana`; another name as it is."""
    match = _CAPITALS.match(name)
    return f"{name[match.end() :].strip()} {match[0]}" if match else name
