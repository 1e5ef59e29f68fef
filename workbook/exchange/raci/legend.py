"""Lines that explain the letters and are no data: `R = Responsible`, a block headed "Legend"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from workbook.exchange.raci.letters import is_mark
from workbook.exchange.raci.vocabulary import (
    FOREIGN,
    LETTERS,
    RESPONSABLE,
    Dialect,
    is_role,
    legend_pairs,
)
from workbook.exchange.tables.grid import BLANK, Line
from workbook.exchange.tables.words import fold, word_set, words

AUXILIARIES = word_set("est is are be to must doit doivent etre wird ist the le la l qui who")
"""Words before the one that tells: "est consulté avant"."""
LETTER = 3
"""Characters that a letter has at most, brackets included."""
FEWEST = 3
"""Letters that two columns must explain to be a legend."""
TITLE = re.compile(
    r"^(?:(?:raci|rasci|daci|rapid)\s+)?(?:legend|legende|key|cle|abbreviations?|abreviations?)"
    r"(?:\s+(?:raci|rasci|daci|rapid))?\s*(?::.*)?$",
    re.DOTALL,
)
_ANY = LETTERS + FOREIGN
_EQUALS = re.compile(rf"^\W{{0,3}}[{_ANY}]\W{{0,3}}\s*=\s*\S")
_LETTER = re.compile(rf"^\W{{0,2}}([{_ANY}](?:\s*/\s*[{_ANY}])?)\W{{0,2}}$")


def is_legend(line: Line) -> bool:
    """Whether a line explains letters instead of giving them to somebody."""
    texts = [cell.text for _, cell in line.own()]
    if not texts:
        return False
    if TITLE.match(fold(texts[0])) or _EQUALS.match(texts[0]):
        return True
    if _explains(texts[0]) and not _heading_of_roles(texts):
        return True
    return len(texts) > 1 and _letter_and_word(texts)


def beside(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without a legend at their side: letters with their words, in one column or two."""
    pairs: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    for at, line in enumerate(lines):
        for column, cell in line.own():
            following = line[column + 1].text
            if len(cell.text) <= LETTER and len(following) <= LETTER:
                continue  # letters of two parties
            if _letter_and_word([cell.text, following]):
                pairs[column, 2][at] = cell.text
            elif Dialect().letter(fold(cell.text)) and _letter_and_word([following, cell.text]):
                pairs[column, 2][at] = following
            elif column and _explains(cell.text) and len(legend_pairs(cell.text)) == 1:
                pairs[column, 1][at] = legend_pairs(cell.text)[0][0]
    legends = {c: cells for c, cells in pairs.items() if len(set(cells.values())) >= FEWEST}
    # An explanation that was merged over several columns goes as a whole.
    cut = {(at, c + n) for (c, wide), cells in legends.items() for at in cells for n in range(wide)}
    return tuple(
        Line(
            line.number,
            tuple(BLANK if (at, c - x.left) in cut else x for c, x in enumerate(line.cells)),
        )
        for at, line in enumerate(lines)
    )


def _explains(text: str) -> bool:
    """`R - Responsible: does the work`; a task that merely mentions a role does not begin so."""
    first = next(iter(words(text)), "")
    letter = len(first) == 1 and first.upper() in _ANY
    return (letter or bool(Dialect().heading(first))) and bool(legend_pairs(text))


def _heading_of_roles(texts: list[str]) -> bool:
    """`Responsible (R) | Accountable (A) | …` heads columns: one pair in each of several cells."""
    explained = [text for text in texts if "=" not in text and len(legend_pairs(text)) == 1]
    return len(explained) > 1


def _letter_and_word(texts: list[str]) -> bool:
    """`R | Responsible | does the work`: a letter, the word for it, and no letters of anybody."""
    if not _LETTER.match(texts[0]) or any(map(is_mark, texts[2:])):
        return False
    first = next((word for word in words(texts[1]) if word not in AUXILIARIES), "")
    letter = texts[0].upper()
    # In another language the letter is the first of its word: V for "verantwortlich".
    named = is_role(first) and first[0].upper() in letter
    return named or first in RESPONSABLE or (Dialect().heading(first) or "-") in letter
