"""Everything that is shown to somebody: the catalogues' messages and the frameworks' texts."""

from __future__ import annotations

import re
from functools import cache

from babel.messages.pofile import read_po

from workbook.content import framework_keys, load_framework
from workbook.i18n import LOCALE
from workbook.model.base import Text


@cache
def catalogues(language):
    """(file, message) of every translation."""
    found = []
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        found += [(path.name, message) for message in catalogue if message.id]
    return tuple(found)


def forms(text):
    """A message's or a translation's singular and plural, or the one that there is."""
    return (text,) if isinstance(text, str) else tuple(text)


def framework_texts():
    """(framework, text) of every text of the shipped frameworks."""
    for key in framework_keys():
        yield from ((key, text) for text in _texts_of(load_framework(key)))


def _texts_of(value):
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts_of(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts_of(part)
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from _texts_of(getattr(value, name))


@cache
def english_and_french():
    """(where, English, French) of everything, plurals form by form."""
    messages = [
        (file, bare(english), bare(french))
        for file, message in catalogues("fr")
        for english, french in zip(forms(message.id), forms(message.string), strict=True)
    ]
    texts = [(key, bare(text["en"]), bare(text["fr"])) for key, text in framework_texts()]
    return (*messages, *texts)


NO_PROSE = re.compile(
    r"(\{\w+\}|\b[a-z_]+):( (…|\d+|unknown|\[)| ?\{)|`[^`]*`|\[blue\].*\[/\]|--[\w-]+( \"[^\"]*\")?"
    r"|clé: valeur|workbook baseline.*|profile == .*|, in, and, or, not$|\{[^}]*\}|https?://\S+|\d:\d"
)
"""Placeholders, addresses, times, keys of documents, words of commands."""


def bare(text):
    """Without what is not prose."""
    return NO_PROSE.sub("x", text)
