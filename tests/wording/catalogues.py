"""Catalogues of languages that the workbook does not ship, in a folder of a test's own."""

from __future__ import annotations

import shutil

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from workbook import i18n


def add_language(folder, language, messages):
    """Write a catalogue: English messages to translations, (singular, plural) to all forms."""
    catalogue = Catalog(locale=language)
    for english, translation in messages.items():
        catalogue.add(english, translation)
    path = folder / language / "words.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue)


def speak_from(monkeypatch, folder):
    """Let the workbook find its languages in a copy of its own folder, to which more are added."""
    shutil.copytree(i18n.LOCALE, folder)
    monkeypatch.setattr(i18n, "LOCALE", folder)
    forget()
    return folder


def forget():
    """Languages are read once for each process: read them anew."""
    i18n.languages.cache_clear()
    i18n.voice.cache_clear()
