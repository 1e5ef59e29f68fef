"""A framework in force: what one engagement plays by, its overlay applied exactly once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from hashlib import sha256
from typing import Self

from workbook.model.engagement import AreaOverlay, Overlay
from workbook.model.framework import (
    Area,
    FocalPoint,
    Framework,
    FrameworkContent,
    Thresholds,
    Weights,
)

NO_CHANGES = Overlay()


class AdaptationKind(Enum):
    """What an overlay can change."""

    CRITERIA = auto()
    AREA_WEIGHT = auto()
    THRESHOLD = auto()
    ADDED = auto()
    SWITCHED_OFF = auto()


@dataclass(frozen=True, slots=True)
class Adaptation:
    """One thing that an overlay changes.

    `subject`: the area, focal point, question or threshold; None for the general weights.
    `before` and `after`: weights of criteria, an area's weight, or a threshold.
    """

    kind: AdaptationKind
    subject: str | None = None
    before: Weights | float | None = None
    after: Weights | float | None = None


class Rules(FrameworkContent):
    """A framework in force. Only `in_force` makes one, and nothing can be overlaid on it again.

    `framework` is the one that was written, `overlay` what the engagement changes in it.
    """

    framework: Framework
    overlay: Overlay

    @cached_property
    def digest(self) -> str:
        """What tells these rules from others: a SHA-256 of the framework and the overlay."""
        text = self.framework.digest + self.overlay.model_dump_json()
        return sha256(text.encode()).hexdigest()

    @cached_property
    def adaptations(self) -> tuple[Adaptation, ...]:
        """What the overlay changes: weights, thresholds, subjects added and switched off."""
        return (*_weights(self), *_thresholds(self), *_subjects(self))

    def model_copy(self, *, update: Mapping[str, object] | None = None, deep: bool = False) -> Self:
        """Only a faithful copy: other rules come from another framework or another overlay."""
        if update:
            raise TypeError("rules are made by in_force(framework, overlay)")
        return super().model_copy(deep=deep)


def in_force(framework: Framework, overlay: Overlay = NO_CHANGES) -> Rules:
    """The rules of an engagement: its framework with its overlay applied, field by field.

    What the overlay does not name keeps the framework's own value; weights that it changes have the
    usual bounds. A subject stands once: a focal
    point of the overlay with a key that the framework has already is left out.
    """
    content = {name: getattr(framework, name) for name in FrameworkContent.model_fields}
    if overlay != NO_CHANGES:
        content |= _changed(framework, overlay)
    return Rules.model_construct(**content, framework=framework, overlay=overlay)


def _changed(framework: Framework, overlay: Overlay) -> dict[str, object]:
    areas = tuple(
        _area(framework, area, overlay)
        for area in framework.areas
        if not overlay.areas.get(area.key, AreaOverlay()).off
    )
    subjects = {f.key for area in areas for f in area.focal_points}
    subjects |= {q.key for area in areas for q in area.questions}
    named = overlay.thresholds.model_dump(exclude_none=True) if overlay.thresholds else {}
    return {
        "weights": overlay.weights or framework.weights,
        "bounds": {} if overlay.weights else framework.bounds,
        "thresholds": framework.thresholds.model_copy(update=named),
        "areas": areas,
        "gates": tuple(g for g in framework.gates if (g.focal_point or g.question) in subjects),
    }


def _area(framework: Framework, area: Area, overlay: Overlay) -> Area:
    change = overlay.areas.get(area.key, AreaOverlay())
    # By key: the first of a key counts, and the framework's own come before the overlay's.
    added = {
        extra.key: FocalPoint(**{name: getattr(extra, name) for name in FocalPoint.model_fields})
        for extra in reversed(overlay.focal_points)
        if extra.area == area.key and extra.key not in framework.places()
    }
    focal_points = (*area.focal_points, *reversed(added.values()))
    return area.model_copy(
        update={
            "focal_points": tuple(f for f in focal_points if f.key not in overlay.off),
            "questions": tuple(q for q in area.questions if q.key not in overlay.off),
            "weight": area.weight if change.weight is None else change.weight,
            "weight_bounds": area.weight_bounds if change.weight is None else None,
            "weights": change.weights or area.weights,
            "bounds": {} if change.weights else area.bounds,
        }
    )


def _weights(rules: Rules) -> Iterator[Adaptation]:
    framework = rules.framework
    if rules.weights != framework.weights:
        yield Adaptation(AdaptationKind.CRITERIA, None, framework.weights, rules.weights)
    for area in rules.areas:
        written = framework.area(area.key)
        if area.weight != written.weight:
            yield Adaptation(AdaptationKind.AREA_WEIGHT, area.key, written.weight, area.weight)
        if area.weights != written.weights:
            before = written.weights or framework.weights
            yield Adaptation(AdaptationKind.CRITERIA, area.key, before, area.weights)


def _thresholds(rules: Rules) -> Iterator[Adaptation]:
    for name in Thresholds.model_fields:
        before, after = (getattr(source.thresholds, name) for source in (rules.framework, rules))
        if before != after:
            yield Adaptation(AdaptationKind.THRESHOLD, name, before, after)


def _subjects(rules: Rules) -> Iterator[Adaptation]:
    """Subjects of an area that is off go without saying: the area stands for them."""
    framework, present = rules.framework, {area.key for area in rules.areas}
    for key in rules.places():
        if key not in framework.places():
            yield Adaptation(AdaptationKind.ADDED, key)
    for area in framework.areas:
        if area.key not in present:
            yield Adaptation(AdaptationKind.SWITCHED_OFF, area.key)
            continue
        subjects = [f.key for f in area.focal_points] + [q.key for q in area.questions]
        for key in subjects:
            if key not in rules.places() and key not in rules.questions():
                yield Adaptation(AdaptationKind.SWITCHED_OFF, key)
