"""RACI letters as people write them: `A`, `r`, `A/R`, `C, I`, `(A)`, `A*`, `RA`, `Responsible`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from workbook.exchange.raci.vocabulary import LETTERS, NOTHING, Dialect
from workbook.exchange.tables.words import fold, neutral, unmarked, word_set

PLAIN = Dialect()

# Cyrillic and Greek capitals that look like Latin ones get into matrices typed on such keyboards.
# Office programs turn (R) and (C) into signs as they are typed.
_LOOKALIKES = str.maketrans("АСІасіΑΙ®©", "ACIaciAIRC")
_FOOTNOTE = re.compile(r"\s*(?:[*†‡?!¹²³⁴⁵⁶⁷⁸⁹…✓✔]+|\[\^?\d+\])|[«»“”\"]")
_SPLIT = re.compile(r"\s*(?:[/,;+&|\n·•\\→]|->|\band\b|\bet\b|\bou\b|\bor\b)\s*")
_COMMENTED = re.compile(r"^(?P<mark>[^(\[:]+?)\s*(?:[(\[].*|[-–—:]\s+\S.*)$", re.DOTALL)
_HEADING = re.compile(
    r"^(?P<one>[^(\[:=–—-]+?)\s*(?:[(\[:=–—-]\s*(?P<two>[^)\]]*)[)\]]?)?$", re.DOTALL
)
_SIGN_OFF = re.compile(r"\bsign-?off\b", re.IGNORECASE)
# `(A)`, `[A]ccountable`, `(A) Accountable`
_INITIAL = re.compile(r"^[(\[]([A-Za-z])[)\]](?:\s+(?=\w))?")
_QUALIFIER = word_set(
    "party parties person persons people team teams role roles name names stakeholder "
    "stakeholders s personne personnes equipe equipes acteur acteurs by owner owners lead leads "
    "to who is are the qui est final finally ultimate ultimately executive sponsor one only par "
    "durch wer ist it"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The letters of one cell in the order of `LETTERS`; none for a dash or "n/a"."""

    letters: str
    comment: bool = False
    """A remark stood beside the letters, as in `A (pilot only)`."""


def ordered(letters: str) -> str:
    """Each letter once, in the order of `LETTERS`."""
    return "".join(letter for letter in LETTERS if letter in letters)


@lru_cache(maxsize=20_000)
def parse_mark(text: str, dialect: Dialect = PLAIN) -> Mark | None:
    """The letters of a cell, or None for a text that is no RACI mark."""
    unsigned = _FOOTNOTE.sub("", text)
    plain = unicodedata.normalize("NFKC", unsigned.translate(_LOOKALIKES))
    if fold(plain) in NOTHING:
        return Mark("")
    letters = _letters(_bare(plain), dialect)
    if letters:
        return Mark(letters)
    commented = _COMMENTED.match(plain.strip())
    letters = _letters(_bare(commented["mark"]), dialect) if commented else ""
    return Mark(letters, comment=True) if letters else None


def is_mark(text: str, dialect: Dialect = PLAIN) -> bool:
    """Whether a text is nothing but letters: sure enough to recognise a matrix by.

    More than three letters are a title ("RACI", "Responsible, Accountable, Consulted, Informed").
    """
    mark = parse_mark(text, dialect)
    return mark is not None and 0 < len(mark.letters) < len("RACI") and not mark.comment


def heading_letters(text: str, dialect: Dialect = PLAIN) -> str:
    """The letters that a column heading stands for: `R`, `Accountable (A)`, `Consultés`.

    A column for two roles at once, `R/A`, gives both; one for `C / I` only the first, because its
    names are one or the other.
    """
    plain = _SIGN_OFF.sub("sign off", " ".join(neutral(unmarked(text)).split()).rstrip(" ?"))
    match = _HEADING.match(_INITIAL.sub(_initial, plain))
    if not match:
        return ""
    letters = _heading_part(match["one"], dialect) or _qualified_by_letter(match, dialect)
    if set(letters) == {"A", "R"} or len(letters) < 2:  # noqa: PLR2004 - two roles in one column
        return letters
    return letters[0]


def _initial(match: re.Match[str]) -> str:
    """The letter of `(A)` and `[A]ccountable`; nothing before a word of its own."""
    return "" if match[0].endswith(" ") else match[1]


def _qualified_by_letter(match: re.Match[str], dialect: Dialect) -> str:
    """`Owner (A)`: a heading of one's own words whose letter stands beside it."""
    letter = (match["two"] or "").strip()
    return dialect.meant(letter) if len(letter) == 1 and letter in dialect.alphabet else ""


def _heading_part(text: str, dialect: Dialect) -> str:
    """The letters of `Consulted / Informed`; a part such as `Owner` only says who they are."""
    parts = [part for part in _SPLIT.split(text.strip(" *")) if part]
    telling = [part for part in parts if not set(fold(part).split()) <= _QUALIFIER]
    letters = [_letter_of_heading(part, dialect) for part in telling]
    return ordered("".join(letters)) if letters and all(letters) else ""


def _letter_of_heading(part: str, dialect: Dialect) -> str:
    if len(part) == 1 and part.upper() in dialect.alphabet:
        return dialect.meant(part.upper())
    folded = fold(part).rstrip(".")
    telling = [word for word in folded.split() if word not in _QUALIFIER]
    letters = {dialect.heading(word) for word in telling} or {""}
    whole = dialect.heading(folded) or dialect.heading(" ".join(telling))
    return whole or (letters.pop() if len(letters) == 1 else "")


def _bare(text: str) -> str:
    """Without brackets round the letters and a full stop at the end."""
    return re.sub(r"[()\[\]{}]", " ", text).strip(" .")


def _letters(text: str, dialect: Dialect) -> str:
    """The letters of a text that consists of nothing else, or nothing."""
    word = dialect.letter(fold(text))
    if word:
        return word
    read = ""
    for part in _SPLIT.split(text):
        letters = _part_letters(part.strip(), dialect)
        if letters is None:
            return ""
        read += letters
    return ordered(read)


def _part_letters(part: str, dialect: Dialect) -> str | None:
    if not part:
        return ""
    word = dialect.letter(fold(part))
    if word:
        return word
    read = ""
    for token in re.split(r"[\s.–—-]+", part):
        letters = _token_letters(token, dialect.alphabet)
        if letters is None:
            return None
        read += letters
    return "".join(map(dialect.meant, read))


def _token_letters(token: str, alphabet: str) -> str | None:
    """`A`, `a`, `RA`, `A1`; several letters at once must differ, and more than two be capitals."""
    bare = re.sub(r"(?<=[A-Za-z])\d$", "", token)
    upper = bare.upper()
    sound = set(upper) <= set(alphabet) and len(set(upper)) == len(upper)
    return upper if sound and (len(bare) <= 2 or bare.isupper()) else None  # noqa: PLR2004
