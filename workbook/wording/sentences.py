"""Errors and help in the reader's language: an English sentence is recognised by its template.

Rooms that know no language raise errors in English, with the values filled in already; so do
Typer and the operating system. `errors.po` of a language holds their templates with translations,
`help.po` the help of the command line. A sentence that fits none stays as it is: nothing is lost.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import NamedTuple

from workbook.errors import BadInput, Problem, WorkbookError
from workbook.i18n import ENGLISH, LOCALE, Voice, base, entries
from workbook.wording.names import labelled

CATALOGUES = ("errors.po", "help.po")
ARROW = "\n    → "
"""What stands before the fix of an error that has failed while it ran."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class _Template(NamedTuple):
    """An English sentence with named values, and its translation."""

    pattern: re.Pattern[str]
    translation: str


class _Sentences(NamedTuple):
    """The sentences of a language: those without values, and templates of the others.

    The template with the most words of its own is tried first.
    """

    plain: dict[str, str]
    templates: tuple[_Template, ...]


def sentence(text: str, voice: Voice) -> str:
    """An English sentence in the reader's language.

    Values are translated, too, unless they stand between quotation marks: those are people's words.
    What leads to a sentence, such as a file (“acme.yaml: is empty”), stays before it.
    """
    language = base(voice.language)
    if language == ENGLISH or not text:
        return text
    if ARROW in text:
        return ARROW.join(sentence(part, voice) for part in text.split(ARROW))
    if translation := _recognised(text, voice):
        return translation
    head, colon, rest = text.partition(": ")
    return f"{head}{colon}{sentence(rest, voice)}" if colon else text


def _recognised(text: str, voice: Voice) -> str | None:
    known = _known(base(voice.language))
    if text in known.plain:
        return known.plain[text]
    for pattern, translation in known.templates:
        if match := pattern.fullmatch(text):
            return translation.format(
                **{
                    name: value
                    if text[: match.start(name)].endswith("“")
                    else sentence(value, voice)
                    for name, value in match.groupdict().items()
                }
            )
    return None


@cache
def _known(language: str) -> _Sentences:
    """What the catalogues of a language translate."""
    sentences: dict[str, str] = {}
    for path in (LOCALE / language / name for name in CATALOGUES):
        if path.exists():
            sentences |= {message: forms[0] for message, *forms in entries(path) if message}
    templates = [text for text in sentences if _PLACEHOLDER.search(text)]
    templates.sort(key=lambda text: len(_PLACEHOLDER.sub("", text)), reverse=True)
    return _Sentences(
        {text: translation for text, translation in sentences.items() if text not in templates},
        tuple(_Template(_pattern(text), sentences[text]) for text in templates),
    )


def _pattern(template: str) -> re.Pattern[str]:
    """What a template's sentences look like; its own words stand between the placeholders."""
    parts = _PLACEHOLDER.split(template)
    words, names = map(re.escape, parts[::2]), [f"(?P<{name}>.+?)" for name in parts[1::2]]
    pieces = chain.from_iterable(zip(words, [*names, ""], strict=True))
    return re.compile("".join(pieces), re.DOTALL)


def translated(problem: Problem, voice: Voice) -> Problem:
    """The problem in the reader's language; places inside a document keep their names."""
    return replace(
        problem,
        message=sentence(problem.message, voice),
        fix=sentence(problem.fix, voice),
        file=sentence(problem.file, voice),
        path=sentence(problem.path, voice),
    )


def explained(problem: Problem, voice: Voice) -> str:
    """What is wrong and how to fix it, without its place, in the reader's language."""
    spoken = translated(problem, voice)
    return labelled(spoken.message, spoken.fix, voice) if spoken.fix else spoken.message


def error_text(error: WorkbookError, voice: Voice) -> str:
    """What an error says, in the reader's language: every problem that it carries."""
    if isinstance(error, BadInput):
        return "\n".join(str(translated(problem, voice)) for problem in error.problems)
    return sentence(str(error), voice)
