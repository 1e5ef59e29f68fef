"""Cross-checks of a framework's words: every text in every language, sources, aliases of titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from workbook.content.flaws import Flaw, unknown
from workbook.content.reading import Steps, dotted
from workbook.model.base import Text
from workbook.model.framework import Framework


def check_texts(framework: Framework) -> Iterator[Flaw]:
    """Missing and superfluous languages, sources that are not declared, aliases of two titles."""
    if not framework.languages:
        yield Flaw(("languages",), "names no language", "list the languages of the texts: [en]")
        return
    for steps, text in texts(framework):
        yield from text_flaws(text, framework.languages, steps)
    for steps, source in _sources(framework, ()):
        yield from unknown("source", source, framework.sources, *steps)
    yield from _aliases(framework)


def text_flaws(text: Text, languages: tuple[str, ...], steps: Steps) -> Iterator[Flaw]:
    """A language that a text lacks, or has although the framework does not."""
    for language in languages:
        if language not in text.root:
            yield Flaw(steps, f"has no text in “{language}”", f"add “{language}: …”")
    for language in text.languages():
        yield from unknown("language", language, languages, *steps, language)


def texts(value: object, steps: Steps = ()) -> Iterator[tuple[Steps, Text]]:
    """Every text inside a value, with its place."""
    if isinstance(value, Text):
        yield steps, value
        return
    for step, child in _children(value):
        yield from texts(child, (*steps, step))


def _children(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, BaseModel):
        yield from ((name, child) for name, child in value if not isinstance(child, str))
    elif isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


def _sources(value: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    source = getattr(value, "source", None)
    if isinstance(source, str):
        yield (*steps, "source"), source
    if not isinstance(value, Text):
        for step, child in _children(value):
            yield from _sources(child, (*steps, step))


def _aliases(framework: Framework) -> Iterator[Flaw]:
    owners: dict[str, Steps] = {}
    for i, title in enumerate(framework.titles):
        written: list[tuple[Steps, str]] = [
            (("titles", i, "title", language), text) for language, text in title.title.root.items()
        ]
        for language, aliases in title.aliases.items():
            at = ("titles", i, "aliases", language)
            yield from unknown("language", language, framework.languages, *at)
            written += [((*at, n), alias) for n, alias in enumerate(aliases)]
        for steps, alias in written:
            first = owners.setdefault(alias.casefold(), steps)
            if first[:2] != steps[:2]:
                message = f"“{alias}” means another title already"
                yield Flaw(steps, message, f"keep it here or at {dotted(first)}")
