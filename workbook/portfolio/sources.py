"""Where a portfolio comes from: documents, a workspace's store, frames on disk.

One bad input never stops the rest: it is refused with its problems. Only a source that is not there
at all, or that holds nothing, is an error of whoever named it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from workbook.content import load_engagement, load_framework
from workbook.content.engagement_check import consistent
from workbook.errors import BadInput, Problem, WorkbookError, nearest
from workbook.model.engagement import Engagement
from workbook.model.rules import in_force
from workbook.portfolio.frame_files import framed, holds_frames
from workbook.portfolio.gathered import Framed, Gathered, Member, Moment, Refused
from workbook.store import Event, Kind, Store, fold

DOCUMENTS = (".yaml", ".yml", ".json")
STORES = (".db", ".sqlite")
DATABASE = "workbook.db"
URLS = ("sqlite", "postgresql")
WILD = frozenset("*?[")

Found = Member | Framed | Refused


def gather(sources: Sequence[str]) -> Gathered:
    """Everything that the sources hold, in order.

    A source is a folder or glob of engagement documents, a document, a workspace's folder, a store
    (file or URL), or a folder of frames. BadInput if a source is not there or holds nothing.
    """
    problems: list[Problem] = []
    found: list[Found] = []
    for source in sources:
        try:
            found += _read(source)
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return _distinct(found)


def _distinct(found: Iterable[Found]) -> Gathered:
    """The first engagement of each key; further ones are refused."""
    first: dict[str, str] = {}
    members: list[Member] = []
    framed_: list[Framed] = []
    refused: list[Refused] = []
    for one in found:
        if isinstance(one, Refused):
            refused.append(one)
            continue
        keys = [one.engagement.key] if isinstance(one, Member) else one.keys
        twice = [key for key in keys if key in first]
        refused += [_taken(key, one.place, first[key]) for key in twice]
        first |= {key: one.place for key in keys if key not in first}
        if isinstance(one, Framed):
            framed_.append(one.without(twice))
        elif not twice:
            members.append(one)
    return Gathered(tuple(members), tuple(framed_), tuple(refused))


def _taken(key: str, place: str, other: str) -> Refused:
    what = f"has the same key as {other}: “{key}”"
    return Refused(
        place, (Problem(what, "give each engagement a key of its own", place, path="key"),)
    )


def _read(source: str) -> Iterator[Found]:
    path = Path(source).expanduser()
    if source.partition("://")[0].partition("+")[0] in URLS:
        yield from _stored(Store(source))
    elif path.is_dir() and (path / DATABASE).is_file():
        yield from _stored(Store(path / DATABASE))
    elif path.is_file() and path.suffix in STORES:
        yield from _stored(Store(path))
    elif path.is_dir() and holds_frames(path):
        yield from framed(path)
    else:
        yield from map(_document, _documents(source, path))


def _documents(source: str, path: Path) -> Sequence[Path]:
    if path.is_file():
        return [path]
    if path.is_dir():
        found = [one for one in path.rglob("*") if not _hidden(one, path)]
    elif WILD & set(source):
        anchor = Path(path.anchor)
        found = list(anchor.glob(str(path.relative_to(anchor))))
    else:
        beside = [one.name for one in path.parent.glob("*") if one.is_dir() or one.suffix]
        raise BadInput(Problem("there is no such source", nearest(path.name, beside), source))
    documents = sorted(one for one in found if one.suffix in DOCUMENTS and one.is_file())
    if not documents:
        mend = f"documents end with {', '.join(DOCUMENTS)}; frames need engagements.parquet or .csv"
        raise BadInput(Problem("holds no engagement", mend, source))
    return documents


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _document(path: Path) -> Member | Refused:
    try:
        loaded = load_engagement(path)
    except BadInput as error:
        return Refused(str(path), error.problems)
    return Member(loaded.engagement, loaded.rules, str(path))


def _stored(store: Store) -> Iterator[Found]:
    """Every engagement of a store with its baselines. Nothing is written."""
    keys = store.engagements()
    if not keys:
        raise BadInput(Problem("holds no engagement", "begin one: workbook new", store.place))
    for key in keys:
        place = f"{store.place}: {key}"
        try:
            yield _member(store.events(key), place)
        except BadInput as error:
            yield Refused(place, tuple(_placed(problem, place) for problem in error.problems))
        except WorkbookError as error:
            yield Refused(place, (Problem(str(error), file=place),))


def _placed(problem: Problem, place: str) -> Problem:
    return Problem(problem.what, problem.mend, problem.file or place, problem.line, problem.path)


def _member(events: tuple[Event, ...], place: str) -> Member:
    engagement = _sound(fold(events))
    named = [event for event in events if event.kind is Kind.BASELINE]
    past = tuple(
        Moment(one.subject[1], one.time.date(), _sound(fold(e for e in events if e.seq <= one.seq)))
        for one in named
    )
    ref = engagement.framework
    rules = in_force(load_framework(ref.key, ref.version), engagement.overlay)
    return Member(engagement, rules, place, past)


def _sound(engagement: Engagement) -> Engagement:
    """The engagement without what a session keeps and nobody can score: a system put off."""
    ref = engagement.framework
    return consistent(engagement, load_framework(ref.key, ref.version))[0]
