"""Loads an engagement document together with the framework that it was made for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from workbook.content.engagement_check import engagement_flaws
from workbook.content.flaws import Flaw, unknown
from workbook.content.frameworks import framework_keys, shipped, version_flaws
from workbook.content.nodes import Data
from workbook.content.reading import Document, Steps, read
from workbook.content.shape import judged, shape
from workbook.content.upgrades import upgraded_engagement
from workbook.errors import BadInput
from workbook.model.engagement import Engagement, FrameworkRef
from workbook.model.framework import Framework
from workbook.model.overlay import overlaid

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
    engagement = shaped.value
    framework = _framework(engagement.framework) if engagement else None
    flaws = _flaws(engagement, framework) if engagement else ()
    problems = judged(document, shaped, flaws, ignore={_ANY} if shaped.problems else set())
    if problems or engagement is None or framework is None:
        raise BadInput(problems)
    return Loaded(engagement, overlaid(framework, engagement))


def _framework(ref: FrameworkRef) -> Framework | None:
    """The framework that is meant; for a mistyped key the nearest, so that the rest is checked."""
    near = difflib.get_close_matches(ref.key, framework_keys(), n=1)
    return shipped(near[0]) if near else None


def _flaws(engagement: Engagement, framework: Framework | None) -> Iterator[Flaw]:
    ref = engagement.framework
    yield from unknown("framework", ref.key, framework_keys(), "framework", "key")
    if framework:
        yield from version_flaws(framework, ref.version, "framework", "version")
        yield from engagement_flaws(engagement, framework)
