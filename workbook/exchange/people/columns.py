"""Which column of a list of people holds what, by its heading and by its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from workbook.exchange.people.cells import Cells, turned_at_comma
from workbook.exchange.tables.words import fold, word_set
from workbook.scoring.titles import Recogniser

TITLE_LINES = 30
"""How many lines may stand above the header, such as the name of the sheet."""
SAMPLE = 20
"""How many rows are looked at to guess what a column holds."""
MOST_NAMES = 0.8
MOST_CELLS = 0.5
"""A column holds e-mails if at least this share of its cells are."""

# Words of a heading that names people, and of all others by what their column holds.
_PEOPLE = word_set(
    "name names nom noms prenom prenoms surname forename vorname nachname familienname sn "
    "anzeigename nombre nombres apellidos nome cognome naam voornaam achternaam"
)
_BESIDE = word_set(
    "first last given family full display legal preferred complet famille usuel usage naissance de "
    "d et and person personne personnes people who qui employee employe employes worker salarie "
    "salaries agent collaborateur collaborateurs mitarbeiter contact participant stakeholder "
    "interlocuteur required und user member rice affichage marital epoux epouse salariee "
    "obligatoire obligatorio erforderlich lecture seule read only"
)
_FIRST = word_set("first given prenom prenoms forename vorname voornaam")
_LAST = word_set(
    "last family famille surname nachname familienname usuel usage sn marital epoux epouse "
    "apellidos cognome achternaam"
)
_BIRTH = word_set("naissance birth maiden fille geburtsname patronymique")
_WHOLE = word_set("full display complet legal affichage")
_PREFERRED = word_set("preferred usuel")
_HELD = {
    "email": word_set("email mail mails courriel messagerie upn mel courrier correo"),
    "title": word_set(
        "title role function position job designation fonction poste intitule titre metier emploi "
        "headline stelle funktion berufsbezeichnung stellenbezeichnung puesto cargo ruolo functie"
    ),
    "unit": word_set(
        "unit department dept team division service departement direction equipe entite bu pole "
        "rattachement affectation abteilung bereich organisation organization departamento reparto "
        "afdeling"
    ),
    "inside": word_set("outside external externe exterieur extern usertype guest benutzertyp"),
    "active": word_set("enabled active actif aktiv aktiviert status statut etat"),
    "blocked": word_set("block blocked bloque gesperrt"),
    "until": word_set(
        "termination sortie depart exit leaving austritt austrittsdatum kundigungsdatum"
    ),
}
GUEST = "#EXT#"
"""What stands in the sign-in of a guest."""
_PRINCIPAL = word_set("principal benutzerprinzipalname")
_END, _OF_WORK = word_set("fin end ende"), word_set("contrat contract employment vertrag emploi")
_TYPED = word_set("worker employee user utilisateur contrat contract mitarbeiter")
_AT_WORK = word_set("work pro professionnel professionnelle business primary dienstlich office")
_AT_HOME = word_set("private personal home perso personnel recovery secondary alternate privat")
# A manager is a person too, but not the one of the row; what it is called is no address.
_OTHERS = word_set("manager supervisor responsable n1 vorgesetzter superieur hierarchique")
_ASIDE = word_set(
    "label type middle suffix prefix phonetic nickname id matricule number code grade level"
)
_HONORIFIC = word_set("mr mrs ms miss mx m mme mlle dr pr prof me herr frau sir")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_GLUED = re.compile(r"(display|job|business|first|last|given|family|full)(name|title)")
_DEPARTMENT = _HELD["unit"] - word_set("organization organisation unit")
_NUMBER = re.compile(r"[\d\s.+()/-]+")
_CAPITALS = re.compile(
    r"(?=[^a-zà-ÿ ]{3}|[^a-zà-ÿ ]+ [^a-zà-ÿ ]{2})"
    r"(?:[^\W\d_a-zà-ÿ]['’])?[^\W\d_a-zà-ÿ]{2,}(?:[ '’-][^\W\d_a-zà-ÿ]+)*(?= [^\W\d_]*[a-zà-ÿ])"
)


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address and nothing else."""
    return bool(_EMAIL.fullmatch(text))


def address(text: str) -> str:
    """The address of `mailto:ana@x.example` or `<ana@x.example>`; another text as it is."""
    bare = text.removeprefix("mailto:").strip("<>; ")
    return bare if is_email(bare) else text


def header(rows: Sequence[Cells]) -> tuple[int, Cells] | None:
    """Which of the first lines is the header, and what each of its columns holds.

    Of two lines of headings, names of fields above names for people, the second counts.
    """
    for index, cells in enumerate(rows[:TITLE_LINES]):
        columns = _headings(cells, rows[index + 1 : index + 1 + SAMPLE])
        if columns:
            below = rows[index + 1 : index + 2]
            again = [
                c for cells in below for c in _headings(cells, rows[index + 2 :][:SAMPLE]) or ()
            ]
            named = any(heading_words(cell) & _PEOPLE for cells in below for cell in cells)
            return (index + 1, again) if named and again == columns else (index, columns)
    return None


def guessed_columns(rows: Sequence[Cells], recogniser: Recogniser) -> tuple[int, Cells] | None:
    """What the columns hold by their cells, under letters or headings of some other language."""

    def is_title(cell: str) -> bool:
        return recogniser.recognise(cell).title is not None

    return (0, guessed(rows[1:], is_title)) if rows else None


def heads_addresses(rows: Sequence[Cells]) -> bool:
    """Whether the first line, in whatever language, heads lines that have an address each."""
    return not has_addresses(rows) and has_addresses(rows[1:])


def has_addresses(rows: Sequence[Cells]) -> bool:
    """Whether every line has an address in one column, and a text in another."""
    return {"email", "name"} <= set(guessed(rows, lambda _: False))


def heading_words(heading: str) -> set[str]:
    """The words of a heading: camelCase and snake_case split, "e-mail" one word."""
    split = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", heading)
    plain = _GLUED.sub(r"\1 \2", fold(split))
    plain = plain.replace("e-mail", "email").replace("user type", "usertype")
    return set(re.findall(r"[a-z]+|n\+1", plain))


def _headings(cells: Cells, below: Sequence[Cells]) -> Cells | None:
    words = [heading_words(cell) for cell in cells]
    held = [[row[at] for row in below if at < len(row) and row[at]] for at in range(len(cells))]
    columns = [_heading(words[at], held[at]) for at in range(len(cells))]
    for key in (*_HELD, "name", "first", "last", "birth_name", "principal"):
        candidates = [at for at, column in enumerate(columns) if column == key]
        best = max(
            candidates, key=lambda at: (bool(held[at]), *_fitness(key, words[at], at)), default=None
        )
        columns = [
            "" if column == key and at != best else column for at, column in enumerate(columns)
        ]
    _fill_in(columns, held)
    if "name" in columns and ("first" in columns or "last" in columns):
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
    emails = sum(is_email(address(cell)) for cell in held) >= max(1, MOST_CELLS * len(held))
    if words and words <= _PEOPLE | _BESIDE | _BIRTH and not words <= {"user"}:
        numbers = bool(held) and all(map(_NUMBER.fullmatch, held))
        return "" if numbers else "email" if emails else _part_of_name(words)
    key = next((key for key, headings in _HELD.items() if words & headings), "")
    if key == "email" or words & _PRINCIPAL:
        holds = (emails or (not held and key == "email")) and "label" not in words
        return ("principal" if words & _PRINCIPAL else "email") if holds else ""
    if words & _END and words & _OF_WORK:
        return "until"
    if "type" in words and words & _TYPED:
        return "inside"
    honorifics = held and all(fold(cell).rstrip(".") in _HONORIFIC for cell in held)
    company = key == "unit" and "name" in words
    return "" if words & _ASIDE or company or (key == "title" and honorifics) else key


def _part_of_name(words: set[str]) -> str:
    if words & _BIRTH:
        return "birth_name"
    if words & _FIRST:
        both = words & (_LAST - {"usuel", "usage"} | {"nom", "noms"})
        return "name" if both else "first"
    return "last" if words & _LAST else "name"


def _fitness(key: str, words: set[str], at: int) -> tuple[int, int, int]:
    """Of two columns that may hold the same, "Job Title" is more of a title than "Title"."""
    mail = key == "email" and bool(words & _HELD["email"]) and not words & _AT_HOME
    best = {"name": _WHOLE, "first": _PREFERRED, "unit": _DEPARTMENT}.get(key, frozenset())
    longer = len(words) if key == "title" else int(bool(words & _AT_WORK))
    return int(mail or bool(words & best)), longer, -at


def _fill_in(columns: Cells, held: Sequence[Sequence[str]]) -> None:
    """What stands for a column that is not there or has blanks: a sign-in, the name of birth."""
    for key, wanted in (("principal", ("email",)), ("birth_name", ("last", "name"))):
        if key in columns:
            at = columns.index(key)
            there = [columns.index(name) for name in wanted if name in columns]
            if not there:
                columns[at] = wanted[0] if key == "principal" or "first" in columns else "name"
            elif all(len(held[other]) >= len(held[at]) for other in there) and not any(
                GUEST in cell for cell in held[at]
            ):
                columns[at] = ""


def _tell_apart(columns: Cells, held: Sequence[Sequence[str]]) -> None:
    """The name beside a first or last name is the other half, unless it holds both."""
    name = columns.index("name")
    part = "first" if "first" in columns else "last"
    pairs = list(zip(held[name], held[columns.index(part)], strict=False))
    whole = sum(fold(half) in fold(text) for text, half in pairs) > MOST_CELLS * len(pairs)
    if pairs and whole:
        columns[:] = ["" if key in ("first", "last", "birth_name") else key for key in columns]
    elif {"first", "last"} <= set(columns):
        columns[name] = ""
    else:
        columns[name] = "last" if part == "first" else "first"


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
    name, unit = (columns.index(key) if key in columns else -1 for key in ("name", "unit"))
    if unit == name + 1 > 0 and _halves_of_names(held[name], held[unit]):
        columns[name], columns[unit] = ("last", "first") if _shouted(held[name]) else FIRST_LAST
    return ["" if kind == "number" else kind for kind in columns]


FIRST_LAST = ("first", "last")


def _halves_of_names(firsts: Sequence[str], lasts: Sequence[str]) -> bool:
    """Whether two columns hold a word each that is one's own: `Ana | Ruiz`; units are shared."""
    several = len(lasts) > 1 and len(set(lasts)) == len(lasts)
    return several and all(len(half.split()) == 1 for half in [*firsts, *lasts])


def _shouted(words: Sequence[str]) -> bool:
    return all(word.isupper() for word in words)


def _look(cells: Cells) -> str:
    if cells and all(map(is_email, cells)):
        return "email"
    return "number" if cells and all(map(_NUMBER.fullmatch, cells)) else ""


_TITLED = re.compile(
    r"(?:M\.|(?:Mr|Mrs|Ms|Miss|Mx|Mme|Mlle|Dr|Prof|Herr|Frau|Sr|Sra)\b\.?)\s+(?=\S+\s+\S)"
)


def upright(names: Sequence[str]) -> list[str]:
    """Names without Mr and Ms, `RUIZ Ana` and `Ruiz, Ana` turned where most are so written."""
    bare = [_TITLED.sub("", name) for name in names]
    if sum(turned_at_comma(name) != name for name in bare) > len(bare) / 2:
        bare = [turned_at_comma(name) for name in bare]
    if sum(bool(_CAPITALS.match(name)) for name in bare) > MOST_NAMES * len(bare):
        bare = [_turned(name) for name in bare]
    return bare


def _turned(name: str) -> str:
    """`Ana RUIZ` for `RUIZ Ana`; another name as it is."""
    match = _CAPITALS.match(name)
    return f"{name[match.end() :].strip()} {match[0]}" if match else name
