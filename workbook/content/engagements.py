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


def load_engagement(path: Path | str) -> Loaded:
    """Read and check one engagement document; BadInput with every problem in it.

    Its framework may stand beside it, in `frameworks/<key>/`.
    """
    return engagement_of(read(Path(path)), Path(path).absolute().parent)


@cache
def organisation_name(path: Path) -> str:
    """The name of a document's organisation, without a look at the rest; read once a process."""
    match read(path).data:
        case {"organisation": {"name": str(name)}}:
            return name
    return path.stem


def engagement_of(document: Document, near: Path | None = None) -> Loaded:
    """The engagement that a document holds; BadInput with every problem in it.

    `near`: a folder whose `frameworks/` are looked at first.
    """
    document = upgraded_engagement(document)
    shaped = shape(document, Engagement, _STAND_INS)
    engagement = shaped.value
    framework, broken = _framework(engagement.framework, near) if engagement else (None, ())
    flaws = _flaws(engagement, framework, near) if engagement else ()
    judgement = judged(document, shaped, flaws, ignore={_ANY} if shaped.problems else set())
    problems = [*broken, *judgement]
    if problems or engagement is None or framework is None:
        raise BadInput(problems)
    engagement = engagement.spoken()
    return Loaded(engagement, in_force(framework, engagement.overlay))


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
