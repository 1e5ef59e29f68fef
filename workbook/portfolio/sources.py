"""Where a portfolio comes from: documents, a workspace's store, frames on disk.

One bad input never stops the rest: it is refused with its problems. Only a source that is not there
at all, or that holds nothing, is an error of whoever named it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from workbook.content import load_engagement, load_framework
from workbook.content.engagement_check import consistent
from workbook.content.sources import DOCUMENTS, files_named, store_named
from workbook.errors import BadInput, Problem, WorkbookError
from workbook.model.days import local_day
from workbook.model.engagement import Engagement
from workbook.model.rules import in_force
from workbook.portfolio.frame_files import framed, holds_frames
from workbook.portfolio.gathered import Framed, Gathered, Member, PastState, RefusedSource
from workbook.resources import expanded
from workbook.store import Event, EventKind, Store, fold

Source = Member | Framed | RefusedSource


def gather(sources: Sequence[str]) -> Gathered:
    """Everything that the sources hold, in order.

    A source is a folder or glob of engagement documents, a document, a workspace's folder, a store
    (file or URL), or a folder of frames. BadInput if a source is not there or holds nothing.
    """
    problems: list[Problem] = []
    inputs: list[Source] = []
    for source in sources:
        try:
            inputs += _read(source)
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return _distinct(inputs)


def _distinct(inputs: Iterable[Source]) -> Gathered:
    """The first engagement of each key; further ones are refused."""
    first: dict[str, str] = {}
    members: list[Member] = []
    framed_: list[Framed] = []
    refused: list[RefusedSource] = []
    for item in inputs:
        if isinstance(item, RefusedSource):
            refused.append(item)
            continue
        keys = [item.engagement.key] if isinstance(item, Member) else item.keys
        twice = [key for key in keys if key in first]
        refused += [_taken(key, item.place, first[key]) for key in twice]
        first |= {key: item.place for key in keys if key not in first}
        if isinstance(item, Framed):
            framed_.append(item.without(twice))
        elif not twice:
            members.append(item)
    return Gathered(tuple(members), tuple(framed_), tuple(refused))


def _taken(key: str, source: str, other: str) -> RefusedSource:
    problem = f"has the same key as {other}: “{key}”"
    return RefusedSource(
        source, (Problem(problem, "give each engagement a key of its own", source, path="key"),)
    )


def _read(source: str) -> Iterator[Source]:
    if store := store_named(source):
        yield from _stored(Store(store))
        return
    path = expanded(source)
    if holds_frames(path):
        yield from framed(path)
        return
    documents = list(files_named(source))
    if not documents:
        fix = f"documents end with {', '.join(DOCUMENTS)}; frames need engagements.parquet or .csv"
        raise BadInput(Problem("holds no engagement", fix, source))
    yield from map(_document, documents)


def _document(path: Path) -> Member | RefusedSource:
    try:
        loaded = load_engagement(path)
    except BadInput as error:
        return RefusedSource(str(path), error.problems)
    return Member(loaded.engagement, loaded.rules, str(path))


def _stored(store: Store) -> Iterator[Source]:
    """Every engagement of a store with its baselines. Nothing is written."""
    keys = store.engagements()
    if not keys:
        raise BadInput(Problem("holds no engagement", "begin one: workbook new", store.place))
    for key in keys:
        source = f"{store.place}: {key}"
        try:
            yield _member(store.events(key), source)
        except BadInput as error:
            yield RefusedSource(
                source, tuple(_placed(problem, source) for problem in error.problems)
            )
        except WorkbookError as error:
            yield RefusedSource(source, (Problem(str(error), file=source),))


def _placed(problem: Problem, source: str) -> Problem:
    return replace(problem, file=problem.file or source)


def _member(events: tuple[Event, ...], source: str) -> Member:
    engagement = _sound(fold(events))
    named = [event for event in events if event.kind is EventKind.BASELINE]
    past = tuple(
        PastState(
            event.subject[1],
            local_day(event.time),
            _sound(fold(e for e in events if e.seq <= event.seq)),
        )
        for event in named
    )
    ref = engagement.framework
    rules = in_force(load_framework(ref.key, ref.version), engagement.overlay)
    return Member(engagement, rules, source, past)


def _sound(engagement: Engagement) -> Engagement:
    """The engagement without what a session keeps and nobody can score: a system put off."""
    ref = engagement.framework
    return consistent(engagement, load_framework(ref.key, ref.version))[0]
