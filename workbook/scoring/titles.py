"""Recognise job titles as real people write them.

A title is recognised only if every word of it is accounted for; what is merely similar is offered
as a candidate. A miss costs the user a click, a false hit a wrong score.

    how the title was read                                            confidence
    an alias, give or take case, accents, gender, abbreviations       1
    … with one of the words misspelt                                  × likeness of the spelling
    … with a place, breadth or origin ("groupe", "co-founder")        × 0.97
    … held for the time being ("par intérim")                         × 0.9
    … with another rank of the same standing (VP, director, head)     × 0.92
    … beside a standing that says nothing ("and board member")       × 0.95
    … beside a function that the framework does not know              × 0.85
    a chief of something else ("Chief Product Officer"): C-suite        0.85
    a technical post without an alias ("Java developer")              0.9
    two known titles at once, or an alias of two titles               0.5 each, no hit
    shares some words with a title                                    at most 0.2, no hit

The factors were set on one half of the titles in tests/unit/data and hold on the other half.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from workbook.model.framework import Title
from workbook.model.rules import Rules
from workbook.scoring import titles_spelling as spelling

PLACE, STANDING_IN, RANK, BESIDE, MORE = 0.97, 0.9, 0.92, 0.95, 0.85
CHIEF, CRAFT = 0.85, 0.9
AMBIGUOUS = 0.5
SIMILAR = 0.2
SHOWN = 3
FAINT = 0.1
INITIALS = 2

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a written title was taken for.

    `title` is a key of the framework's titles, None if unknown or ambiguous; `confidence` (0 to 1)
    is that of the best candidate. `candidates`: (key, confidence), the best first, to choose from.
    """

    title: str | None
    confidence: float
    candidates: tuple[tuple[str, float], ...]

    @property
    def readings(self) -> tuple[str, ...]:
        """What the title may stand for: one title if recognised, two or more if ambiguous."""
        if self.title is not None:
            return (self.title,)
        several = tuple(key for key, sure in self.candidates if sure >= AMBIGUOUS)
        return several if len(several) > 1 else ()


UNRECOGNISED = Recognition(None, 0.0, ())


class Recogniser:
    """Recognises titles of one framework. Pure and safe to share between threads."""

    def __init__(self, titles: Sequence[Title], threshold: float) -> None:
        self._threshold = threshold
        self._aliases: dict[Words, tuple[str, ...]] = _aliases(titles)
        self._leading = _leading(titles, self._aliases)
        self._vocabulary = frozenset(word for alias in self._aliases for word in alias)
        self._known = spelling.familiar(self._vocabulary)
        self._holding: dict[str, list[Words]] = defaultdict(list)
        for alias in self._aliases:
            for word in alias:
                self._holding[word].append(alias)
        self._memoised: Callable[[str], Recognition] = lru_cache(maxsize=65_536)(self._recognise)

    def recognise(self, text: str | None) -> Recognition:
        """What a title as written by a person stands for; remembers what it was asked."""
        return self._memoised(text) if text else UNRECOGNISED

    def _recognise(self, text: str) -> Recognition:
        if len(text) > spelling.LONGEST:
            return UNRECOGNISED
        folded = spelling.fold(text)
        words, alike = spelling.words(folded, self._known)
        readings = self._read(frozenset(words))
        readings = {key: sure * alike for key, sure in readings.items()} or self._parts(
            folded, words
        )
        if not readings and not spelling.OTHERS.isdisjoint(words):
            return UNRECOGNISED
        if max(readings.values(), default=0.0) < self._threshold and len(readings) <= 1:
            readings = self._chief(words) or self._craft(frozenset(words), alike) or readings
        return self._verdict(readings or self._similar(frozenset(words)))

    def _chief(self, words: tuple[str, ...]) -> dict[str, float]:
        """A chief of a function without a seat of its own is of the C-suite all the same."""
        chief = len(words) > len(spelling.C_LEVEL) and (words[0], words[-1]) == ("chief", "officer")
        deputy = words[:1] == (spelling.DGA,)
        if not (chief or deputy) or not spelling.IN_UNIFORM.isdisjoint(words):
            return {}
        return _shared(self._aliases.get(spelling.C_SUITE, ()), CHIEF)

    def _craft(self, words: Words, alike: float) -> dict[str, float]:
        """A technical post that has no alias of its own is of the kind that the framework knows."""
        bare, factor = _bare(words - spelling.JOINING)
        for alias, (posts, fields, neighbours) in spelling.CRAFTS.items():
            kind = self._aliases.get(frozenset(alias.split()), ())
            if kind and bare & posts and bare & fields and bare <= posts | fields | neighbours:
                return _shared(kind, CRAFT * factor * alike)
        return {}

    def _verdict(self, sureness: dict[str, float]) -> Recognition:
        ranked = sorted(sureness.items(), key=lambda pair: (-pair[1], pair[0]))
        if not ranked:
            return UNRECOGNISED
        best, sure = ranked[0]
        title = best if sure >= self._threshold and sure > AMBIGUOUS else None
        readings = sum(sure >= AMBIGUOUS for _, sure in ranked)
        return Recognition(title, sure, tuple(ranked[: max(SHOWN, readings)]))

    def _read(self, words: Words) -> dict[str, float]:
        """The titles that these words name, all words accounted for."""
        exact = self._aliases.get(words)
        if exact:
            return _shared(exact, 1.0)
        bare, factor = _bare(words)
        for alias, sure in ((self._aliases.get(bare), 1.0), (self._ranked(bare), RANK)):
            if alias:
                return _shared(alias, factor * sure)
        return {}

    def _ranked(self, words: Words) -> tuple[str, ...]:
        """Titles of this function under another leading rank, C-suite seats left out.

        A seat is never guessed from a rank: a VP of something is its chief only by an alias.
        """
        if spelling.LEADING.isdisjoint(words):
            return ()
        return self._leading.get(words - spelling.LEADING, ())

    def _parts(self, folded: str, whole: tuple[str, ...]) -> dict[str, float]:
        """The titles that the parts of a coordinated title name ("VP Marketing & Digital")."""
        parts = spelling.segments(folded)
        if len(parts) == 1 or not spelling.OTHERS.isdisjoint(whole):
            return {}
        split = [spelling.words(part, self._known) for part in parts]
        read: list[dict[str, float]] = []
        factor = 1.0
        pairs = list(_with_rank([words for words, _ in split]))
        # In "Allergist/MD" the initials are a degree.
        initials = any(len(words) == 1 and len(min(words)) <= INITIALS for words, _ in pairs)
        coordinated = bool(spelling.COORDINATED.search(folded))
        for words, rank in pairs:
            if words <= spelling.BESIDE:
                factor *= BESIDE
            elif words <= spelling.RANKS and words not in self._aliases:
                continue  # "VP, E-commerce": lent to the other parts
            elif _bare(words)[0]:
                reading = self._read(words) or self._read(words | rank)
                factor *= 1.0 if reading else self._cost(words)
                if not reading and coordinated and (initials or words & spelling.ELSEWHERE):
                    factor *= MORE
                read.append(reading)
            else:
                factor *= PLACE
        for _, alike in split:
            factor *= alike
        return {key: sure * factor for key, sure in _agreed(read).items()}

    def _cost(self, words: Words) -> float:
        """What a part that names no title costs: an employer, another function, or more.

        "Sales & Marketing Operations" is neither sales nor marketing: known words in a part that
        is not known as a whole change what the other parts mean.
        """
        functions = words - spelling.RANKS - spelling.PLACES
        single = len(functions) == 1 or functions.isdisjoint(self._vocabulary)
        return MORE if single else MORE * MORE

    def _similar(self, words: Words) -> dict[str, float]:
        """Titles that share telling words; rare words tell more. Never a hit."""
        if not spelling.OTHERS.isdisjoint(words):
            return {}
        near = {alias for word in words - spelling.RANKS for alias in self._holding.get(word, ())}
        sureness: dict[str, float] = {}
        asked = self._tells(words)
        for alias in near:
            sure = SIMILAR * 2 * self._tells(words & alias) / (asked + self._tells(alias))
            for key in self._aliases[alias]:
                if sure >= FAINT:
                    sureness[key] = max(sure, sureness.get(key, 0.0))
        return sureness

    def _tells(self, words: Iterable[str]) -> float:
        every = len(self._aliases)
        return sum(log(1 + every / (1 + len(self._holding.get(word, ())))) for word in words)


def _aliases(titles: Iterable[Title]) -> dict[Words, tuple[str, ...]]:
    aliases: dict[Words, dict[str, None]] = defaultdict(dict)
    for title in titles:
        for text in _spellings(title):
            words, _ = spelling.words(spelling.fold(text))
            aliases[frozenset(words)][title.key] = None
    return {words: tuple(keys) for words, keys in aliases.items() if words}


def _spellings(title: Title) -> Iterator[str]:
    yield from title.title.root.values()
    for aliases in title.aliases.values():
        yield from aliases


def _leading(
    titles: Sequence[Title], aliases: dict[Words, tuple[str, ...]]
) -> dict[Words, tuple[str, ...]]:
    seats = {title.key for title in titles if title.seat}
    functions: dict[Words, dict[str, None]] = defaultdict(dict)
    for words, keys in aliases.items():
        function = words - spelling.LEADING
        if function and function != words:
            functions[function].update(dict.fromkeys(key for key in keys if key not in seats))
    return {function: tuple(keys) for function, keys in functions.items()}


def _bare(words: Words) -> tuple[Words, float]:
    """The words without places and standing-in, and what leaving them out costs."""
    bare = words - spelling.PLACES
    factor = PLACE if bare != words else 1.0
    lasting = bare - spelling.STANDING_IN
    return lasting, factor * (STANDING_IN if lasting != bare else 1.0)


def _shared(keys: tuple[str, ...], sure: float) -> dict[str, float]:
    """One title is sure; an alias of several is ambiguous."""
    return dict.fromkeys(keys, sure if len(keys) == 1 else AMBIGUOUS * sure)


def _with_rank(parts: list[tuple[str, ...]]) -> Iterator[tuple[Words, Words]]:
    """Each part with the rank that it borrows from its neighbour if it has none of its own."""
    ranks = [spelling.RANKS.intersection(part) for part in parts]
    borrowed = next((rank for rank in ranks if rank), frozenset())
    framed = frozenset().union(*ranks) == spelling.C_LEVEL
    for part, rank in zip(parts, ranks, strict=True):
        if framed:
            yield frozenset(part), spelling.C_LEVEL
        else:
            yield frozenset(part), frozenset() if rank else borrowed


def _agreed(read: list[dict[str, float]]) -> dict[str, float]:
    """What all the known parts may mean together; several meanings are ambiguous."""
    known = [reading for reading in read if reading]
    if not known:
        return {}
    common = set(known[0]).intersection(*known[1:])
    if len(common) == 1:
        key = common.pop()
        return {key: max(reading[key] if len(reading) == 1 else 1.0 for reading in known)}
    every = Counter(key for reading in known for key in reading)
    return dict.fromkeys(every, AMBIGUOUS)


class _Titles:
    """A framework's titles, equal only to themselves: comparing them by content would be slow."""

    __slots__ = ("value",)

    def __init__(self, value: tuple[Title, ...]) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Titles) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=32)
def _recogniser(titles: _Titles, threshold: float) -> Recogniser:
    return Recogniser(titles.value, threshold)


def recogniser(rules: Rules) -> Recogniser:
    """The recogniser of a framework's titles, made once for frameworks that share them."""
    return _recogniser(_Titles(rules.titles), rules.thresholds.title_match)
