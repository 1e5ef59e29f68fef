"""Languages: one `Voice` per language says messages, numbers and dates.

Messages follow gettext: the English sentence stands in the code, `voice.t("Saved {time}", time=…)`,
and `workbook/locale/<language>/<room>.po` translates it; a third language is a folder of such
files.
A test extracts every message and fails on one that is missing, fuzzy or left over. Texts of the
subject (areas, questions, findings) are no messages: they stand in the framework in every language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from workbook.errors import BadInput, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel import Locale

LOCALE = Path(__file__).parent / "locale"
ENGLISH = "en"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Voice:
    """Says things in one language. `messages` maps an English message to its translated forms."""

    language: str
    messages: Mapping[str, tuple[str, ...]]
    locale: Locale

    def t(self, message: str, **values: object) -> str:
        """The message in this language, `{placeholders}` filled in."""
        said = self.messages.get(message, (message,))[0]
        return said.format(**values) if values else said

    def n(self, one: str, many: str, count: int, **values: object) -> str:
        """The singular or plural message for a count, which is also `{count}`."""
        forms = self.messages.get(one)
        if forms is None:
            said = one if count == 1 else many
        else:
            said = forms[min(self._plural(count), len(forms) - 1)]
        return said.format(count=self.number(count), **values)

    def _plural(self, count: int) -> int:
        tag = self.locale.plural_form(count)
        return 0 if tag == "one" else 1

    def number(self, value: float, digits: int = 0, *, signed: bool = False) -> str:
        """A number with a fixed count of decimals; with `signed`, + or − before it."""
        rounded = round(value, digits)
        said = _decimal(abs(rounded), digits, self.locale)
        if rounded < 0:
            return MINUS + said
        return f"+{said}" if signed else said

    def percent(self, share: float, digits: int = 0) -> str:
        """A share from 0 to 1 as per cent."""
        from babel.numbers import format_percent

        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        pattern += "\N{NARROW NO-BREAK SPACE}%" if self.language == "fr" else "%"
        return format_percent(share, format=pattern, locale=self.locale)

    def date(self, value: dt.date, form: str = "long") -> str:
        """A date: `long` (23 November 2026), `medium`, `short`, or `day` (4 Dec)."""
        from babel.dates import format_date, format_skeleton

        if form == "day":
            return format_skeleton("MMMd", value, locale=self.locale)
        return format_date(value, form, locale=self.locale)

    def time(self, value: dt.datetime) -> str:
        """The time of day with seconds."""
        from babel.dates import format_time

        return format_time(value, "HH:mm:ss", locale=self.locale)

    def listing(self, parts: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
        """`a, b and c`; style `or` for alternatives."""
        return _listing(tuple(parts), style, self.locale)


@lru_cache(maxsize=4096)
def _decimal(value: float, digits: int, locale: Locale) -> str:
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=locale)


@lru_cache(maxsize=4096)
def _listing(parts: tuple[str, ...], style: Literal["standard", "or"], locale: Locale) -> str:
    from babel.lists import format_list

    return format_list(list(parts), style=style, locale=locale)


@cache
def languages() -> tuple[str, ...]:
    """The languages that screens and reports speak: English and every folder of `locale/`."""
    found = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
    return (ENGLISH, *(name for name in found if name != ENGLISH))


@cache
def voice(language: str) -> Voice:
    """The voice of a language; BadInput for one that is not there."""
    from babel import Locale

    if language not in languages():
        raise BadInput(
            Problem(f"unknown language “{language}”", nearest(language, languages()), path="lang")
        )
    # "en" as British English: day before month, as the documents are written.
    locale = Locale.parse("en_GB" if language == ENGLISH else language)
    return Voice(language, MappingProxyType(_messages(language)), locale)


def _messages(language: str) -> dict[str, tuple[str, ...]]:
    from babel.messages.pofile import read_po

    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            catalog: Any = read_po(file, locale=language)
        for message in catalog:
            if message.id and message.string:
                one = message.id if isinstance(message.id, str) else message.id[0]
                forms = message.string
                found[one] = (forms,) if isinstance(forms, str) else tuple(forms)
    return found
