"""What a batch is fed with: inputs, each an engagement, parameters or both, and those refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.store import Store

Facts = Mapping[str, object]

FACTS: Mapping[str, Callable[[Engagement], object]] = {
    "key": lambda e: e.key,
    "name": lambda e: e.organisation.name,
    "language": lambda e: e.language,
    "profile": lambda e: e.organisation.profile,
    "business_models": lambda e: list(e.organisation.business_models),
    "sector": lambda e: e.organisation.sector,
    "country": lambda e: e.organisation.country,
    "employees": lambda e: e.organisation.employees,
    "framework": lambda e: e.framework.key,
    "framework_version": lambda e: e.framework.version,
    "start": lambda e: e.programme.start.isoformat() if e.programme.start else None,
    "go_live": lambda e: e.programme.go_live.isoformat(),
    "people": lambda e: len(e.people),
    "respondents": lambda e: len(e.respondents),
    "nominations": lambda e: len(e.nominations),
    "decisions": lambda e: len(e.decisions),
    "anonymous": lambda e: e.anonymous,
}
"""What `--where` may ask of an engagement. Dates are ISO texts."""


@dataclass(frozen=True, slots=True)
class FileDocument:
    """An engagement document on disk."""

    path: Path

    @property
    def suffix(self) -> str:
        """How the document is written: `.yaml` or `.json`."""
        return ".json" if self.path.suffix.lower() == ".json" else ".yaml"

    @property
    def near(self) -> Path:
        """The folder whose `frameworks/` are looked at first."""
        return Path(os.path.dirname(os.path.abspath(self.path)))  # noqa: PTH100, PTH120 - quicker

    def read(self) -> bytes:
        """Its content as it is now."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise self._unreadable(error) from None

    def changed(self) -> float:
        """When it last changed, in seconds since 1970."""
        try:
            return self.path.stat().st_mtime
        except OSError as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: OSError) -> BadInput:
        text = f"cannot be read: {error.strerror or error}"
        return BadInput(Problem(text, "check its permissions", str(self.path)))

    def facts(self) -> Facts:
        """What it says; BadInput with every problem of the document."""
        return facts_of(self.engagement())

    def engagement(self) -> Engagement:
        """Its engagement; BadInput with every problem of the document."""
        from workbook.content import load_engagement

        return load_engagement(self.path).engagement


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """An engagement of a store, as it stands when it is read.

    `near` is the folder whose `frameworks/` are looked at first: that of the store's file.
    """

    store: Store
    key: str
    near: Path | None = None
    suffix = ".json"

    def read(self) -> bytes:
        """The engagement as a JSON document, the same for the same engagement."""
        engagement = self.engagement()
        plain = engagement.model_dump(mode="json", exclude_defaults=True)
        whole = {"schema_version": engagement.schema_version, **plain}
        return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()

    def changed(self) -> float:
        """When it last changed, in seconds since 1970."""
        last = self.store.last(self.key)
        return self.store.events(self.key, after=last - 1)[-1].time.timestamp()

    def facts(self) -> Facts:
        """What it says; BadInput with every problem of the engagement."""
        from workbook.content import check_engagement, load_framework

        engagement = self.engagement()
        ref = engagement.framework
        problems = check_engagement(
            engagement, load_framework(ref.key, ref.version, near=self.near)
        )
        if problems:
            raise BadInput(problems)
        return facts_of(engagement)

    def engagement(self) -> Engagement:
        """Its engagement."""
        from workbook.store import fold

        return fold(self.store.events(self.key))


Document = FileDocument | StoredDocument


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to report on. `place` is for people, `values` are parameters that it sets itself.

    `name` is what its files are called, "" for the key of its engagement.
    """

    place: str
    name: str = ""
    document: Document | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedInput:
    """An input that cannot be run, and why."""

    place: str
    problems: tuple[Problem, ...]

    @property
    def reason(self) -> str:
        """Every problem in one line each, without its fix."""
        return "\n".join(f"{p.place}: {p.message}" if p.place else p.message for p in self.problems)


def refusal(source: str, error: Exception) -> RefusedInput:
    """An input or a source that cannot be read."""
    if isinstance(error, BadInput):
        return RefusedInput(source, error.problems)
    text, _, fix = str(error).partition("\n    → ")
    return RefusedInput(source, (Problem(text, fix),))


def facts_of(engagement: Engagement) -> Facts:
    """Every fact of an engagement, by name."""
    return {name: say(engagement) for name, say in FACTS.items()}
