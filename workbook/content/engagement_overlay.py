"""Cross-checks of an engagement's overlay with the framework that it changes."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.content.flaws import Flaw, repeated, unknown
from workbook.content.framework_check import zero_weights
from workbook.content.framework_texts import text_flaws, texts
from workbook.content.reading import Steps
from workbook.model.engagement import Overlay
from workbook.model.framework import Framework


def overlay_flaws(overlay: Overlay, framework: Framework) -> Iterator[Flaw]:
    """Every flaw of an overlay; `framework` is the one that it changes."""
    yield from zero_weights(overlay.weights, ("overlay", "weights"))
    yield from _areas(overlay, framework)
    yield from _own(overlay, framework)
    for i, key in enumerate(overlay.off):
        items = [*framework.places(), *framework.questions()]
        yield from unknown("focal point or question", key, items, "overlay", "off", i)


def _areas(overlay: Overlay, framework: Framework) -> Iterator[Flaw]:
    areas = {area.key: area for area in framework.areas}
    for key, change in overlay.areas.items():
        at: Steps = ("overlay", "areas", key)
        yield from unknown("area", key, areas, *at)
        yield from zero_weights(change.weights, (*at, "weights"))
    changes = [(overlay.areas.get(key), area) for key, area in areas.items()]
    left = [
        area.weight if change is None or change.weight is None else change.weight
        for change, area in changes
        if change is None or not change.off
    ]
    if not any(left):
        yield Flaw(("overlay", "areas"), "leaves no area that weighs anything", "keep one area")


def _own(overlay: Overlay, framework: Framework) -> Iterator[Flaw]:
    at: Steps = ("overlay", "focal_points")
    taken = {*framework.places(), *framework.questions()}
    areas = [area.key for area in framework.areas]
    groups = [scope.key for scope in framework.scopes]
    # An engagement outlives the day on which its framework learns another language.
    spoken = {language for _, text in texts(overlay.focal_points) for language in text.root}
    languages = tuple(filter(spoken.__contains__, framework.languages)) or framework.languages
    for i, own in enumerate(overlay.focal_points):
        if own.key in taken:
            message = f"the framework has a focal point or question “{own.key}” already"
            yield Flaw((*at, i, "key"), message, "choose another key")
        yield from unknown("area", own.area, areas, *at, i, "area")
        yield from unknown("scope group", own.scope, groups, *at, i, "scope")
        for steps, text in texts(own):
            yield from text_flaws(text, languages, (*at, i, *steps))
    yield from repeated(
        "focal point", (((*at, i, "key"), own.key) for i, own in enumerate(overlay.focal_points))
    )
