"""Loads an engagement document together with the framework that it was made for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from workbook.content.engagement_check import engagement_flaws
from workbook.content.flaws import Flaw, unknown
from workbook.content.frameworks import framework_keys, shipped, version_flaws
from workbook.content.reading import Document, Steps, read
from workbook.content.shape import shape
from workbook.content.upgrades import upgraded_engagement
from workbook.errors import BadInput
from workbook.model.engagement import Engagement, FrameworkRef
from workbook.model.framework import Framework
from workbook.model.overlay import overlaid

_ANY = "unknown"
_STAND_INS: Mapping[Steps, Any] = {
    ("key",): _ANY,
    ("organisation", "name"): _ANY,
    ("organisation", "profile"): _ANY,
    ("organisation", "business_models"): [_ANY],
    ("programme", "go_live"): "9999-12-31",
}
"""What takes the place of compulsory facts that are wrong, while the rest is checked."""


class Loaded(NamedTuple):
    """An engagement and its framework, the engagement's overlay applied."""

    engagement: Engagement
    framework: Framework


def load_engagement(path: Path | str) -> Loaded:
    """Read and check one engagement document; BadInput with every problem in it."""
    return engagement_of(read(Path(path)))


def engagement_of(document: Document) -> Loaded:
    """The engagement that a document holds; BadInput with every problem in it."""
    document = upgraded_engagement(document)
    shaped = shape(document, Engagement, _STAND_INS)
    problems = list(shaped.problems)
    engagement = shaped.value
    lost = shaped.lost | {_ANY} if shaped.problems else frozenset()
    framework: Framework | None = None
    if engagement is not None:
        ref = engagement.framework
        framework = shipped(ref.key) if ref.key in framework_keys() else None
        flaws = [*_reference_flaws(ref, framework)]
        flaws += engagement_flaws(engagement, framework) if framework else ()
        problems += (
            document.problem(shaped.original(flaw.steps), flaw.what, flaw.mend)
            for flaw in flaws
            if flaw.name not in lost
        )
    if problems or engagement is None or framework is None:
        raise BadInput(problems)
    return Loaded(engagement, overlaid(framework, engagement))


def _reference_flaws(ref: FrameworkRef, framework: Framework | None) -> Iterator[Flaw]:
    yield from unknown("framework", ref.key, framework_keys(), "framework", "key")
    if framework:
        yield from version_flaws(framework, ref.version, "framework", "version")
