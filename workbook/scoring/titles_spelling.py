"""How job titles are spelled: one canonical list of words for the many ways of writing a title.

The words here, and those beside it in `titles_spelling.toml`, are about titles in general, never
about one framework's subject. A language that is missing still works by its framework's aliases.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

LONGEST: Final = 160
"""Characters; whatever is longer is a sentence, not a title."""

_MARKERS = re.compile(r"\b(?:[hfm]\s?/\s?[hfmxwd](?:\s?/\s?[xd])?)\b")
_ACRONYM = re.compile(
    r"\b[a-z](?:\.[\s-]?[a-z]\b)+\.?|\b[a-z](?:-[a-z]\b){2,}|\b[a-z](?: [a-z]\b){2,}"
)
_INCLUSIVE = re.compile(
    r"(?<=[a-z]{3})[·•∙.\-/(\[]{1,2}"
    r"(?:d?trices?|rices?|r?euses?|ses?|i?eres?|fes?|ives?|nes?|les?|es?)(?:[·•∙.]s)?[)\]]?(?![a-z])"
)
_EMPLOYER = re.compile(r"\s(?:@|at|chez)\s.*$")
_SEPARATOR = re.compile(r"\s*(?:[/|,;:()\[\]•·]|\s[-–—]\s|\b(?:and|et|und|or|ou)\b)\s*")
JOINING: Final = frozenset({"and"})
COORDINATED = re.compile(r"\b(?:and|et|und)\b|[/&+]")
_WORD = re.compile(r"[a-z0-9]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STOP = _set("a au aux d de des du en for in l la le les of our notre par s sur the")

_ALIKE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SAME: Final[dict[str, str]] = {
    word: canonical for canonical, words in _ALIKE["words"].items() for word in words.split()
}
_PHRASES: Final[dict[tuple[str, ...], tuple[str, ...]]] = {
    tuple(phrase.split()): tuple(canonical.split())
    for phrase, canonical in _ALIKE["phrases"].items()
}

_REAL: Final = frozenset(word for words in _ALIKE["real"].values() for word in words.split())

OTHERS: Final = _set(
    "assistant intern apprentice former adjoint deputy associate secretary adviser consultant "
    "student etudiant futur future aspiring retired office cabinet coach elect emeritus "
    "honoraire pa avp aide"
)
"""With one of these a title is somebody else's: an assistant, a deputy, a predecessor."""

PLACES: Final = _set(
    "group global international national worldwide corporate monde france francais uk us usa "
    "europe europeen eu emea apac mea latam anz dach benelux iberia nordic nordics americas asia "
    "africa afrique germany allemagne deutschland austria switzerland schweiz spain espagne italy "
    "italie ireland irlande netherlands belgium belgique luxembourg suisse romande canada quebec "
    "india china japan australia "
    "senior sr joint filiale subsidiary sas sa sarl ag gmbh ltd plc inc co founder"
)
"""Where, how broadly or since when, which does not change what the title is."""

STANDING_IN: Final = _set("interim acting transition maternity cover")
"""Holds the post for the time being."""

BESIDE: Final = _set("partner associe owner shareholder membership")
"""A standing beside the post, which says nothing of the work."""

RANKS: Final = _set("vp svp evp director head chief officer president manager engineer chef lead")
"""Words of rank; coordinated functions share them ("directeur marketing et digital")."""

C_LEVEL: Final = _set("chief officer")
"""The frame of "chief … officer", which stands around several functions at once."""
C_SUITE: Final = _set("c suite")
"""The alias of the title that stands for any seat of the C-suite."""
DGA: Final = "dga"
"""A "directeur général adjoint", who sits in the C-suite whatever the function."""
IN_UNIFORM: Final = _set("petty warrant fire police medical nursing flight probation")
"""A chief officer of these commands a crew or a ward, not a company."""

CRAFTS: Final = {
    alias: tuple(_set(kind[part]) for part in ("post", "field", "beside"))
    for alias, kind in _ALIKE["technical"].items()
}
"""Technical posts that are too many to list, by the alias that stands for them all.

Words of post, words of field, and words that may stand beside these: "Java developer", "head of IT
operations".
"""

ELSEWHERE: Final = _set(
    "maintenance purchasing procurement achat facility manufacturing construction safety quality "
    "mechanical electrical civil medical nursing clinical security production securite qualite "
    "merger driver cleaner surgeon spa"
)
"""Functions that make another post of a coordinated title ("purchasing manager/sales")."""
LEADING: Final = _set("vp svp evp director head")
"""Ranks that organisations use for the same post."""


def fold(text: str) -> str:
    """Lower case without accents, with plain quotes and no markers of gender."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
        text = "".join(c for c in plain if not unicodedata.combining(c))
    lower = _MARKERS.sub(" ", text.casefold().replace("œ", "oe"))
    joined = _ACRONYM.sub(lambda match: re.sub(r"[^a-z]", "", match[0]), lower)
    joined = joined.replace("r&d", "rd").replace("&", " and ").replace("+", " and ")
    return _INCLUSIVE.sub("", _EMPLOYER.sub("", joined))


def segments(folded: str) -> list[str]:
    """The parts of a title that names several posts or functions."""
    return [part for part in _SEPARATOR.split(folded) if _WORD.search(part)]


def familiar(vocabulary: frozenset[str]) -> frozenset[str]:
    """A framework's own words together with the words about titles in general."""
    general = OTHERS | PLACES | STANDING_IN | BESIDE | RANKS | set(_SAME) | set(_SAME.values())
    general |= {word for kind in CRAFTS.values() for part in kind for word in part}
    return vocabulary | general | {word for phrase in _PHRASES for word in phrase}


def words(folded: str, known: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], float]:
    """The canonical words of a folded title, each once, and how alike (0 to 1) they are spelled.

    A word of five letters or more that is not among `known` is taken for the nearest one of them,
    if it begins with the same letter and is at most one edit away (two from eight letters on).
    A word of another post ("coder", "venue") is no typing error.
    """
    canonicals: list[str] = []
    alike = 1.0
    for word in _WORD.findall(folded):
        if word in _STOP:
            continue
        canonical = _canonical(word)
        mistyped = canonical not in known and canonical not in _REAL
        if known and mistyped and len(canonical) >= _SHORTEST:
            near = _nearest(word, _long(known))
            if near is not None:
                canonical, likeness = _canonical(near[0]), near[1]
                alike *= likeness
        canonicals.append(canonical)
    return tuple(dict.fromkeys(_phrased(canonicals))), alike


_SHORTEST, _LONG = 5, 8
"""Letters from which one and two edits are forgiven."""
_PLURAL = 4
"""Letters from which a final s is a plural."""


def _canonical(word: str) -> str:
    if word in _SAME:
        return _SAME[word]
    plural = len(word) >= _PLURAL and word.endswith("s") and word[-2] not in "siu"
    single = word[:-1] if plural else word
    return _SAME.get(single, single)


def _phrased(raw: list[str]) -> list[str]:
    """Known phrases replaced, the longest first, until none is left."""
    phrased = raw
    for size in (3, 2):
        at = 0
        while at + size <= len(phrased):
            canonical = _PHRASES.get(tuple(phrased[at : at + size]))
            if canonical:
                phrased = [*phrased[:at], *canonical, *phrased[at + size :]]
                at = max(0, at - 1)
            else:
                at += 1
    return phrased


@lru_cache(maxsize=32)
def _long(known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in known if len(word) >= _SHORTEST))


def _nearest(word: str, known: tuple[str, ...]) -> tuple[str, float] | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    edits = 2 if len(word) >= _LONG else 1
    matches = process.extract(word, known, scorer=OSA.distance, score_cutoff=edits, limit=4)
    for near, distance, _ in matches:
        if near[0] == word[0]:
            return near, 1 - distance / (2 * len(word))
    return None
