"""Loads an engagement document together with the framework that it was made for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from workbook.content.engagement_check import engagement_flaws
from workbook.content.flaws import Flaw, unknown
from workbook.content.frameworks import known_keys, named, version_flaws
from workbook.content.nodes import Data
from workbook.content.reading import Document, Steps, read
from workbook.content.shape import judged, shape
from workbook.content.upgrades import upgraded_engagement
from workbook.errors import BadInput, Problem
from workbook.model.engagement import Engagement, FrameworkRef
from workbook.model.framework import Framework
from workbook.model.rules import Rules, in_force

_ANY = "unknown"
_STAND_INS: Mapping[Steps, Data] = {
    ("key",): _ANY,
    ("framework", "key"): _ANY,
    ("framework", "version"): _ANY,
    ("organisation", "name"): _ANY,
    ("organisation", "profile"): _ANY,
    ("organisation", "business_models"): [_ANY],
    ("programme", "go_live"): "9999-12-31",
}
"""What takes the place of compulsory facts that are wrong, while the rest is checked."""


class Loaded(NamedTuple):
    """An engagement and its rules: the framework in force, with the engagement's overlay."""

    engagement: Engagement
    rules: Rules


def load_engagement(path: Path | str, *, complete: bool = False) -> Loaded:
    """Read and check one engagement document; BadInput with every problem in it.

    Its framework may stand beside it, in `frameworks/<key>/`. With `complete`, what a document
    leaves to the defaults of its framework is a problem, too.
    """
    return engagement_of(read(Path(path)), Path(path).absolute().parent, complete=complete)


@cache
def organisation_name(path: Path) -> str:
    """The name of a document's organisation, without a look at the rest; read once a process."""
    match read(path).data:
        case {"organisation": {"name": str(name)}}:
            return name
    return path.stem


def engagement_of(
    document: Document, near: Path | None = None, *, complete: bool = False
) -> Loaded:
    """The engagement that a document holds; BadInput with every problem in it.

    `near`: a folder whose `frameworks/` are looked at first. A scope group that the document does
    not name takes what its framework has in scope by default.
    """
    document = upgraded_engagement(document)
    shaped = shape(document, Engagement, _STAND_INS)
    engagement = shaped.value
    framework, broken = _framework(engagement.framework, near) if engagement else (None, ())
    flaws = [*_flaws(engagement, framework, near)] if engagement else []
    if complete and engagement and framework:
        flaws += _left_open(engagement, framework)
    judgement = judged(document, shaped, flaws, ignore={_ANY} if shaped.problems else set())
    problems = [*broken, *judgement]
    if problems or engagement is None or framework is None:
        raise BadInput(problems)
    engagement = _scoped(engagement.spoken(), framework)
    return Loaded(engagement, in_force(framework, engagement.overlay))


def _left_open(engagement: Engagement, framework: Framework) -> Iterator[Flaw]:
    """Scope groups that a document does not name, although they are compulsory (METHOD §8)."""
    groups = _default_scope(framework)
    misspelt = [name for name in engagement.scope if name not in groups]
    for group, keys in groups.items():
        # A group that was written “system” is told already.
        if group not in engagement.scope and not difflib.get_close_matches(group, misspelt):
            message = f"does not say which {group} are in scope"
            fix = f"add “{group}: [{', '.join(keys)}]”, what is taken as long as nothing is said"
            yield Flaw(("scope",), message, fix)


def _scoped(engagement: Engagement, framework: Framework) -> Engagement:
    """The engagement with the framework's defaults for each scope group that it does not name."""
    scope = _default_scope(framework) | engagement.scope
    if scope.keys() == engagement.scope.keys():
        return engagement
    return engagement.model_copy(update={"scope": scope})


def _default_scope(framework: Framework) -> dict[str, tuple[str, ...]]:
    """What a framework has in scope by default, per group that has focal points."""
    scope: dict[str, tuple[str, ...]] = {}
    for _, focal_point in framework.places().values():
        if focal_point.scope:
            keys = scope.setdefault(focal_point.scope, ())
            scope[focal_point.scope] = (*keys, focal_point.key) if focal_point.default else keys
    return scope


def _framework(
    ref: FrameworkRef, near: Path | None
) -> tuple[Framework | None, tuple[Problem, ...]]:
    """The framework that is meant, and what is wrong with it.

    For a mistyped key it is the nearest, so that the rest of the document is checked.
    """
    meant = difflib.get_close_matches(ref.key, known_keys(near), n=1)
    try:
        return named(meant[0], near) if meant else None, ()
    except BadInput as error:
        return None, error.problems


def _flaws(
    engagement: Engagement, framework: Framework | None, near: Path | None
) -> Iterator[Flaw]:
    ref = engagement.framework
    yield from unknown("framework", ref.key, known_keys(near), "framework", "key")
    if framework:
        yield from version_flaws(framework, ref.version, "framework", "version")
        yield from engagement_flaws(engagement, framework)
