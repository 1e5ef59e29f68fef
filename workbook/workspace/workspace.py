"""The workspace: a folder, its store, and how an engagement is found in them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from workbook import resources
from workbook.errors import BadInput, Problem, nearest
from workbook.i18n import voice
from workbook.store import Event, Store, StoreAway
from workbook.store.topics import refuse_unwritable
from workbook.workspace.journal import Journal
from workbook.workspace.notebooks import bring_notebooks
from workbook.workspace.scratch import copy_of, creation
from workbook.workspace.session import Session
from workbook.workspace.standing import Standing, standing_of
from workbook.workspace.summary import Summary

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.rules import Rules

ENGAGEMENT = "WORKBOOK_ENGAGEMENT"
STORE = "WORKBOOK_STORE"
FACILITATOR = "facilitator"


def utc_now() -> dt.datetime:
    """The moment at which something is said."""
    return dt.datetime.now(dt.UTC)


class Workspace:
    """A folder with `workbook.db`, `reports/` and `notebooks/`. Reading creates nothing."""

    def __init__(
        self, path: Path, store: Store, clock: Callable[[], dt.datetime] = utc_now
    ) -> None:
        self.path = path
        self.store = store
        self._clock = clock
        self._standings: dict[str, tuple[tuple[Summary, dt.date], Standing]] = {}

    @classmethod
    def at(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> Workspace:
        """The workspace in a folder: the argument, else `WORKBOOK_HOME`, else the current one.

        Its store is `workbook.db` there, or the database whose URL is in `WORKBOOK_STORE`.
        """
        home = resources.home(path)
        return cls(home, Store(os.environ.get(STORE) or home / "workbook.db"), clock)

    def bring_notebooks(self) -> tuple[Path, ...]:
        """Copy the shipped notebooks here on first use, never over a changed copy; their paths."""
        return bring_notebooks(self.path)

    def now(self) -> dt.datetime:
        """The moment, by the workspace's clock."""
        return self._clock()

    # Finding engagements

    def engagements(self) -> tuple[Summary, ...]:
        """The engagements of the store, the last changed first."""
        summaries = []
        for stored in self.store.described():
            settings = {event.subject[0]: event.value for event in stored.describing}
            summaries.append(
                Summary(
                    key=stored.key,
                    name=settings["organisation"]["name"],
                    framework=settings["framework"]["key"],
                    language=settings.get("language") or "en",
                    events=stored.events,
                    changed_at=stored.changed_at,
                )
            )
        return tuple(sorted(summaries, key=lambda summary: summary.changed_at, reverse=True))

    def standings(self, as_of: dt.date, most: int | None = None) -> tuple[Standing, ...]:
        """Where the engagements stand on a day, the last changed first; at `most` so many."""
        return tuple(self._standing(summary, as_of) for summary in self.engagements()[:most])

    def _standing(self, summary: Summary, as_of: dt.date) -> Standing:
        """Worked out again only when something was recorded since, or on another day."""
        rests_on = (summary, as_of)
        last = self._standings.get(summary.key)
        if last is None or last[0] != rests_on:
            last = self._standings[summary.key] = (
                rests_on,
                standing_of(summary, as_of, self.store.events, self.rules_of),
            )
        return last[1]

    def examples(self) -> Mapping[str, Path]:
        """The example engagements that we ship: name ↦ document."""
        documents = (resources.templates() / "engagements").glob("*.yaml")
        return {path.stem: path for path in sorted(documents)}

    def new(self, engagement: Engagement, actor: str = FACILITATOR) -> Session:
        """Take an engagement into the store and open it. BadInput if its key is taken."""
        refuse_unwritable("actor", actor)
        self._check_framework(engagement)
        events = creation(engagement, actor, self._clock(), uuid.uuid4().hex)
        self.store.append(events, create=True)
        return self._stored(engagement.key, actor)

    def open(self, name: str | os.PathLike[str] | None = None, actor: str = FACILITATOR) -> Session:
        """Open an engagement: a key of the store, an example's name, or the path of a document.

        Without a name: `WORKBOOK_ENGAGEMENT`, else the last one opened, else an example. Documents
        and examples are opened as a scratch copy, which enters the store (and makes `workbook.db`)
        with the first change; opening them again resumes it. BadInput names the nearest name.
        """
        wanted = os.fspath(name or os.environ.get(ENGAGEMENT) or self._last_opened() or "")
        keys, examples = self.store.engagements(), self.examples()
        if wanted in keys:
            return self._stored(wanted, actor)
        if not wanted and examples:
            return self._scratch(next(iter(examples.values())), actor)
        if wanted in examples:
            return self._scratch(examples[wanted], actor)
        if Path(wanted).suffix in {".yaml", ".yml", ".json"}:
            return self._scratch(Path(wanted), actor)
        known = (*keys, *examples)
        raise BadInput(
            Problem(f"no engagement “{wanted}”", nearest(wanted, known), path="engagement")
        )

    def _last_opened(self) -> str | None:
        opened = self.store.setting("opened")
        if opened in self.store.engagements():
            return opened
        return next((summary.key for summary in self.engagements()), None)

    def forget(self, key: str) -> bool:
        """Erase everybody of an engagement for good: its events stay and read "erased".

        False if the database still keeps the bytes of what was deleted.
        """
        return self.store.forget(key, at=self._clock())

    # Frameworks

    def rules_of(self, engagement: Engagement) -> Rules:
        """The rules of an engagement: the framework that it names, with its overlay applied.

        One of the workspace's own, in its folder `frameworks/`, comes before a shipped one.
        """
        from workbook.content import load_framework
        from workbook.model.rules import in_force

        ref = engagement.framework
        framework = load_framework(ref.key, ref.version, near=self.path)
        return in_force(framework, engagement.overlay)

    def _check_framework(self, engagement: Engagement) -> None:
        """BadInput if an engagement's own framework stands elsewhere and would not be found."""
        from workbook.content import known_keys

        key = engagement.framework.key
        if key not in known_keys(self.path):
            message = f"the framework “{key}” is not in this workspace"
            fix = f"copy its folder to {self.path / 'frameworks' / key}"
            raise BadInput(Problem(message, fix, path="framework.key"))

    # Preferences

    @property
    def language(self) -> str:
        """The language that was last chosen here; English before that."""
        return self.store.setting("language") or "en"

    @language.setter
    def language(self, language: str) -> None:
        self.store.set("language", voice(language).language)

    def mapping(self, engagement: str) -> dict[str, str]:
        """What was chosen for texts of files that were imported into an engagement."""
        chosen: dict[str, str] = json.loads(self.store.setting(_mapping_name(engagement)) or "{}")
        return chosen

    def keep_mapping(self, engagement: str, chosen: Mapping[str, str]) -> None:
        """Add what was chosen for texts of a file."""
        if chosen:
            text = json.dumps({**self.mapping(engagement), **chosen}, ensure_ascii=False)
            self.store.set(_mapping_name(engagement), text)

    # Inside

    def _stored(self, key: str, actor: str) -> Session:
        session = self._session(key, actor)
        self._remember(key)
        return session

    def _scratch(self, path: Path, actor: str) -> Session:
        from workbook.content import load_engagement

        engagement = load_engagement(path).engagement
        self._check_framework(engagement)

        def draft() -> Sequence[Event]:
            return copy_of(engagement, actor, self._clock(), self.store.beginning)

        first = draft()[0]
        if self.store.beginning(first.engagement) == first.id:
            return self._stored(first.engagement, actor)
        return self._session(first.engagement, actor, draft)

    def _session(
        self, key: str, actor: str, draft: Callable[[], Sequence[Event]] = tuple
    ) -> Session:
        refuse_unwritable("actor", actor)
        journal = Journal(self.store, key, self._clock, draft, self._remember)
        return Session(
            journal,
            actor,
            self.rules_of,
            self._clock,
            lambda person: self.store.erase(journal.key, person, by=actor, at=self._clock()),
        )

    def _remember(self, key: str) -> None:
        # A convenience: a store that may not be written can still be read.
        with suppress(StoreAway):
            if self.store.setting("opened") != key:
                self.store.set("opened", key, create=False)


def _mapping_name(engagement: str) -> str:
    """A setting's name is short, an engagement's key need not be."""
    return f"mapping-{hashlib.sha256(engagement.encode()).hexdigest()[:32]}"
