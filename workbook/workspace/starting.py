"""Starting an engagement: the few facts without which nothing can be scored."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from pydantic import ValidationError

from workbook.errors import BadInput, Problem, nearest
from workbook.model.engagement import (
    RESERVED,
    Engagement,
    FrameworkRef,
    Organisation,
    Programme,
)
from workbook.model.framework import Framework


def start(
    framework: Framework,
    key: str,
    organisation: Mapping[str, Any],
    go_live: dt.date,
    systems: Iterable[str] = (),
    language: str = "en",
) -> Engagement:
    """A new engagement. In scope: what the framework begins with, and the `systems` added to it.

    `organisation` has the fields of the document (name, profile, business_models, …). BadInput
    with every problem; each names the nearest valid name.
    """
    systems, models = tuple(systems), organisation.get("business_models", ())
    problems = list(unknown_names(framework, organisation.get("profile", ""), models, systems))
    if not models:
        known = [model.key for model in framework.business_models]
        problem = Problem("no business model is given", nearest("", known), path="business_models")
        problems.append(problem)
    if problems:
        raise BadInput(problems)
    try:
        return Engagement(
            key=key,
            language=language,
            framework=FrameworkRef(key=framework.key, version=framework.version),
            organisation=Organisation(**organisation),
            programme=Programme(go_live=go_live),
            scope=_scope(framework, systems),
        )
    except ValidationError as error:
        raise BadInput(
            Problem(detail["msg"], path=".".join(map(str, detail["loc"])))
            for detail in error.errors()
        ) from error


def key_for(name: str) -> str:
    """A key made of an organisation's name: `Société Étoile & Cie` gives `societe-etoile-cie`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-")


def new_id(engagement: Engagement, name: str, taken: frozenset[str] = frozenset()) -> str:
    """A readable id out of a name that nobody has yet."""
    return free_key(name, frozenset({*engagement.parties(), *taken, *RESERVED}))


def free_key(name: str, taken: AbstractSet[str]) -> str:
    """A readable key out of a name, numbered if it is taken."""
    base = key_for(name)[:48] or "one"
    number, key = 2, base
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def unknown_names(
    framework: Framework, profile: str | None, models: Iterable[str], systems: Iterable[str]
) -> Iterator[Problem]:
    """What the framework does not know, with the nearest that it does; no profile is none wrong."""
    profiles = [profile.key for profile in framework.profiles]
    if profile is not None and profile not in profiles:
        yield Problem(f"unknown profile “{profile}”", nearest(profile, profiles), path="profile")
    known = [model.key for model in framework.business_models]
    for model in models:
        if model not in known:
            problem = f"unknown business model “{model}”"
            yield Problem(problem, nearest(model, known), path="business_models")
    scoped = _scoped(framework)
    for system in systems:
        if system not in scoped:
            yield Problem(f"unknown system “{system}”", nearest(system, scoped), path="systems")


def further_systems(framework: Framework) -> tuple[str, ...]:
    """What the first group of the scope may add to what an engagement begins with."""
    first = [group.key for group in framework.scopes[:1]]
    scoped = _scoped(framework).items()
    return tuple(key for key, (group, default) in scoped if group in first and not default)


def _scoped(framework: Framework) -> dict[str, tuple[str, bool]]:
    """Focal points that an engagement switches on: key ↦ (scope group, on by default)."""
    return {
        point.key: (point.scope, point.default)
        for area in framework.areas
        for point in area.focal_points
        if point.scope
    }


def _scope(framework: Framework, systems: Iterable[str]) -> dict[str, tuple[str, ...]]:
    wanted = set(systems)
    scoped = _scoped(framework)
    return {
        group.key: tuple(
            key
            for key, (scope, default) in scoped.items()
            if scope == group.key and (default or key in wanted)
        )
        for group in framework.scopes
    }
