"""Languages: one `Voice` per language says messages, numbers and dates.

Messages follow gettext: the English sentence stands in the code, `voice.t("Saved {time}", time=…)`,
and `workbook/locale/<language>/<room>.po` translates it; a third language is a folder of such
files.
A test extracts every message and fails on one that is missing, fuzzy or left over. Texts of the
subject (areas, questions, findings) are no messages: they stand in the framework in its languages,
and `chosen` says which of them a reader of another language is shown.
"""

from __future__ import annotations

import datetime as dt
import gettext
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from workbook.errors import BadInput, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel import Locale

LOCALE = Path(__file__).parent / "locale"
ENGLISH = "en"
_MSGID = "msgid "
"""Begins a message in a catalogue."""
MINUS = "\N{MINUS SIGN}"
NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True)
class Voice:
    """Says things in one language, which may name a region: “fr-CA”.

    `messages` maps an English message to its translated forms; `plural` says which form a count
    takes (the catalogue's own rule, so that any number of forms is right).
    """

    language: str
    messages: Mapping[str, tuple[str, ...]]
    locale: Locale
    plural: Callable[[int], int]

    def t(self, message: str, **values: object) -> str:
        """The message in this language, `{placeholders}` filled in."""
        text = self.messages.get(message, (message,))[0]
        return text.format(**values) if values else text

    def n(self, single: str, many: str, count: int, **values: object) -> str:
        """The singular or plural message for a count, which is also `{count}`."""
        forms = self.messages.get(single)
        if forms is None:
            message = single if count == 1 else many
        else:
            message = forms[min(self.plural(count), len(forms) - 1)]
        return message.format(count=self.number(count), **values)

    def number(self, value: float, digits: int = 0, *, signed: bool = False) -> str:
        """A number with a fixed count of decimals; with `signed`, + or − before it."""
        rounded = round(value, digits)
        text = _decimal(abs(rounded), digits, self.locale)
        if rounded < 0:
            return MINUS + text
        return f"+{text}" if signed else text

    def percent(self, share: float, digits: int = 0) -> str:
        """A share from 0 to 1 as per cent."""
        from babel.numbers import format_percent

        pattern = _decimals(self.locale.percent_formats[None].pattern, digits)
        # The sign belongs to its number more closely than a whole space says.
        return format_percent(share, pattern.replace(NO_BREAK, NARROW), locale=self.locale)

    def date(self, value: dt.date, form: str = "long") -> str:
        """A date: `long` (23 November 2026), `short`, `medium` (4 Dec 2026), or `day` (4 Dec)."""
        from babel.dates import format_date, format_skeleton

        # CLDR's medium form is digits in some languages: beside “4. Dez.” it reads as another day.
        skeleton = {"day": "MMMd", "medium": "yMMMd"}.get(form)
        if skeleton:
            text = format_skeleton(skeleton, value, locale=self.locale)
        else:
            text = format_date(value, form, locale=self.locale)
        if value.day != 1:
            return text
        return re.sub(r"\b1\b", self.first_of_month, text, count=1)

    @property
    def first_of_month(self) -> str:
        """The day that some languages write as an ordinal: “1er février”."""
        return self.t("{first}", first=1)

    def country(self, code: str) -> str:
        """The name of a country by its ISO code (“FR”); what is no code stands as it is."""
        return str(self.locale.territories.get(code.upper(), code))

    def name_of(self, language: str) -> str:
        """What this language calls another: “French”, “français”."""
        return str(self.locale.languages.get(base(language), language))

    def time(self, value: dt.datetime, form: str = "HH:mm:ss") -> str:
        """The time of day, by default with seconds."""
        from babel.dates import format_time

        return format_time(value, form, locale=self.locale)

    def listing(self, parts: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
        """`a, b and c`; style `or` for alternatives."""
        return _listing(tuple(parts), style, self.locale)


@lru_cache(maxsize=4096)
def _decimal(value: float, digits: int, locale: Locale) -> str:
    from babel.numbers import format_decimal

    pattern = _decimals(locale.decimal_formats[None].pattern, digits)
    return format_decimal(value, format=pattern, locale=locale)


def _decimals(pattern: str, digits: int) -> str:
    """A locale's pattern for numbers, with its own grouping and a fixed count of decimals."""
    return re.sub(r"0(\.[0#]+)?", "0" + ("." + "0" * digits if digits else ""), pattern, count=1)


@lru_cache(maxsize=4096)
def _listing(parts: tuple[str, ...], style: Literal["standard", "or"], locale: Locale) -> str:
    from babel.lists import format_list

    return format_list(list(parts), style=style, locale=locale)


@cache
def languages() -> tuple[str, ...]:
    """The languages that screens and reports speak: English and every folder of `locale/`."""
    locales = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
    return (ENGLISH, *(name for name in locales if name != ENGLISH))


def base(language: str) -> str:
    """A language without its region: “fr” of “fr-CA”."""
    return re.split("[-_]", language, maxsplit=1)[0]


def speaks(language: str) -> bool:
    """Whether there is a voice for a language, or for the language of a region."""
    try:
        voice(language)
    except BadInput:
        return False
    return True


def unknown_language(language: str, *others: str, source: str = "", path: str = "lang") -> Problem:
    """The problem of a language that nobody speaks here; `others` are words allowed beside them."""
    nearby = nearest(language, (*others, *languages()))
    return Problem(f"unknown language “{language}”", nearby, source, path=path)


def chosen(language: str, available: Iterable[str]) -> str:
    """Which of the languages of a text a reader is shown.

    The reader's own, the same of another region, English, else the first by name: never a failure.
    """
    names = sorted(available)
    same = [name for name in names if base(name) == base(language)]
    ranked = (language, base(language), *same, ENGLISH, *names)
    return next(name for name in ranked if name in names)


@cache
def voice(language: str) -> Voice:
    """The voice of a language, of one of its regions too; BadInput for one that is not there."""
    from babel import Locale, UnknownLocaleError

    own = base(language)
    tag = language.replace("_", "-")
    try:
        # "en" as British English: day before month, as the documents are written.
        locale = Locale.parse("en-GB" if tag == ENGLISH else tag, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = None
    if own not in languages() or locale is None:
        raise BadInput(unknown_language(language))
    messages, plural = _catalogue(own)
    return Voice(tag, MappingProxyType(messages), locale, plural)


def _catalogue(language: str) -> tuple[dict[str, tuple[str, ...]], Callable[[int], int]]:
    """The messages of a language and its rule of plurals, which every file of it states alike."""
    messages: dict[str, tuple[str, ...]] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        messages |= {single: tuple(forms) for single, *forms in entries(path) if all(forms)}
    header = messages.pop("", ("",))[0]
    rule = re.search(r"plural=([^;\n]+)", header)
    return messages, gettext.c2py(rule[1] if rule else "n != 1")


def entries(path: Path) -> Iterator[tuple[str, ...]]:
    """Each message of a catalogue with its translated forms; that of "" is the header.

    Babel's reader takes longer for ours than an evaluation.
    """
    texts: dict[str, str] = {}
    keyword = ""
    for line in (*path.read_text("utf-8").splitlines(), _MSGID):
        head, quote, rest = line.partition('"')
        if line.startswith(_MSGID):
            if texts:
                yield _entry(texts)
            texts = {}
        if quote and not head.startswith("#"):
            keyword = head or keyword
            texts[keyword] = texts.get(keyword, "") + rest[:-1]


def _entry(texts: dict[str, str]) -> tuple[str, ...]:
    texts.pop("msgid_plural ", None)
    # Escapes are those of JSON.
    return tuple(json.loads(f'"{text}"') if "\\" in text else text for text in texts.values())
