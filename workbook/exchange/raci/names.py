"""Cells that hold names: `Ana, Bruno`, `IT and Finance`, `CFO / COO`, one per line."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from workbook.exchange.raci.letters import is_mark
from workbook.exchange.raci.vocabulary import NOBODY
from workbook.exchange.tables.words import fold, unmarked, word_set

# One thing that happens to be written with a slash or an ampersand.
_WHOLE = re.compile(
    r"\b(?:ui/ux|ux/ui|ci/cd|it/ot|qa/qc|qa/qe|i/o|r&d|l&d|m&a|p&l|h&s|d&a|s&op|r et d|n/a|s/o)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HARD = re.compile(r"[,;/|\n•]|\s\+\s")
_SOFT = re.compile(r"\s+(?:and|et|ou|or|&|and/or|et/ou)\s+", re.IGNORECASE)
# What opens a title or a team that may hold an "and": "Head of Sales and Marketing".
_TITLE = re.compile(
    r"^(?:(?:head|director|manager|vice president|office|department|team|group) of|[se]?vp|chief|"
    r"direction|directeur|directrice|responsable|chef|cheffe|service|equipe|departement|pole)\s+\S"
)
_DEPARTMENTS = word_set(
    "sales marketing legal compliance risk finance operations ops hr it security research "
    "development design product products engineering communication communications data analytics "
    "audit support quality qa testing training customer service procurement purchasing logistics "
    "ventes juridique conformite risques achats logistique qualite rh produit"
)
_ANNOTATED = re.compile(r"\s*([^()]*?[^\s()])\s*\(([^()]*)\)\s*(?:[,;/&+\n]|\band\b|\bet\b|$)\s*")


def split_names(text: str, known: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
    """The parties that a cell names, in order, each once; nobody for "-", "TBD" or "vacant".

    Commas, semicolons, slashes and line breaks always part. "and", "et", "&" part two names, but
    not the two halves of one title or team ("Head of Sales and Marketing"), unless `known`, the
    folded names found elsewhere in the matrix, has one of the halves.
    """
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"\0{len(held) - 1}\0"

    guarded = _WHOLE.sub(hold, _BRACKETS.sub(hold, text))
    names: dict[str, str] = {}
    for piece in _HARD.split(guarded):
        for part in _soft_parts(piece.strip(), known):
            # Later holds may enclose earlier ones: put them back from the last to the first.
            name = part
            for index in range(len(held) - 1, -1, -1):
                name = name.replace(f"\0{index}\0", held[index])
            clean = _clean(name)
            if NOBODY.isdisjoint((fold(clean), fold(name.strip()))):
                names.setdefault(fold(clean), clean)
    return tuple(names.values())


def _soft_parts(piece: str, known: AbstractSet[str]) -> list[str]:
    parts = _SOFT.split(piece)
    if len(parts) == 1 or any(fold(_clean(part)) in known for part in parts):
        return parts
    return [piece] if _one_party(parts) else parts


def _one_party(parts: list[str]) -> bool:
    """Whether "and" stands inside one title or team, not between two parties."""
    first, last = fold(parts[0]), fold(parts[-1])
    if _TITLE.match(first):
        acronym = parts[-1].isupper() and last not in _DEPARTMENTS
        return not acronym and not _TITLE.match(last)
    # "Legal & Compliance team" is one team, "Sales and Marketing" are two departments.
    return first in _DEPARTMENTS and last.split()[0] in _DEPARTMENTS and " " in last


def _clean(name: str) -> str:
    """Without a bullet, a number in front, or an @."""
    plain = re.sub(r"^(?:[-–—*•@]\s*|\d+[.)]\s+)+", "", " ".join(name.split()))
    return unmarked(plain.strip(" ."))


def annotated(text: str) -> tuple[tuple[str, str], ...]:
    """Names with their letters, `Ana (A, R), Bruno (C)`; empty for a text of another form."""
    names, end = list[tuple[str, str]](), 0
    # From where the one before ended: a search would begin at each letter anew.
    while end < len(text):
        match = _ANNOTATED.match(text, end) if "(" in text else None
        if match is None or not is_mark(match[2]):
            return ()
        names.append((_clean(match[1]), match[2]))
        end = match.end()
    return tuple(names)


def base_name(name: str) -> str:
    """The name without what stands in brackets behind it."""
    return re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", name) or name
