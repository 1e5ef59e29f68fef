"""The language that the command line speaks: that of `--lang`, else the locale's, else English."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from itertools import pairwise

from workbook.errors import WorkbookError
from workbook.i18n import ENGLISH, Voice, base, languages, speaks, voice

_LOCALE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Variables that name a locale, as gettext ranks them."""
_language: ContextVar[str] = ContextVar("language of the command line", default=ENGLISH)
_FRAME = (
    "DEFAULT_STRING",
    "REQUIRED_LONG_STRING",
    "ARGUMENTS_PANEL_TITLE",
    "OPTIONS_PANEL_TITLE",
    "COMMANDS_PANEL_TITLE",
    "ERRORS_PANEL_TITLE",
    "ABORTED_TEXT",
    "RICH_HELP",
)
"""The words that Typer frames help and errors with."""


def language_of(words: Sequence[str], variables: Mapping[str, str]) -> str:
    """The language of a command: the first that it names and that we speak, else the locale's."""
    named = [
        after if word == "--lang" else word.removeprefix("--lang=")
        for word, after in pairwise([*words, ""])
        if word == "--lang" or word.startswith("--lang=")
    ]
    locale = next(filter(None, map(variables.get, _LOCALE)), "")
    wanted = [*named, *(name.partition(".")[0].partition("@")[0] for name in locale.split(":"))]
    for name in wanted:
        if base(name) == ENGLISH:
            return ENGLISH
        if base(name) in languages() and speaks(name):
            return name
    return ENGLISH


@contextmanager
def speaking(words: Sequence[str]) -> Iterator[None]:
    """The command line speaks the language of a command until it has ended."""
    token = _language.set(language_of(words, os.environ))
    try:
        with ExitStack() as frame:
            if spoken_language() != ENGLISH:
                from typer import rich_utils

                for name in _FRAME:
                    english = getattr(rich_utils, name)
                    frame.callback(setattr, rich_utils, name, english)
                    setattr(rich_utils, name, say(english))
            yield
    finally:
        _language.reset(token)


def speaker() -> Voice:
    """The voice of the command line."""
    return voice(_language.get())


def spoken_language() -> str:
    """The language of the command line, where a command's own `--lang` is not given."""
    return base(_language.get())


def say(text: str) -> str:
    """A sentence of help or of an error; English needs no catalogue for it."""
    if spoken_language() == ENGLISH:
        return text
    from workbook.wording.sentences import sentence

    return sentence(text, speaker())


def error_text(error: WorkbookError) -> str:
    """What an error says, in the language of the command line."""
    if spoken_language() == ENGLISH:
        return str(error)
    from workbook.wording import sentences

    return sentences.error_text(error, speaker())


@contextmanager
def spoken_usage() -> Iterator[None]:
    """Typer's errors about how a command is used say so in the language of the command line."""
    try:
        yield
    except Exception as error:  # of a class of its own in some releases of Typer, else of Click's
        message = getattr(error, "format_message", str)()
        if message and "\n" not in message:
            setattr(error, "format_message", lambda: say(message))  # noqa: B010 - it has no type
        raise


def paragraphs(text: str) -> str:
    """A help text; its indented paragraphs are examples and stay as they are."""
    return "\n\n".join(p if p.startswith(" ") else say(p) for p in text.split("\n\n"))
