"""An engagement's own view of its framework: weights, extra focal points, areas switched off."""

from __future__ import annotations

from workbook.model.engagement import AreaOverlay, Engagement, Overlay
from workbook.model.framework import Area, FocalPoint, Framework


def overlaid(framework: Framework, engagement: Engagement) -> Framework:
    """The framework as this engagement changes it; the framework itself if it changes nothing."""
    overlay = engagement.overlay
    if overlay == Overlay():
        return framework
    off = set(overlay.off)
    areas = tuple(
        _changed(area, overlay, off)
        for area in framework.areas
        if not overlay.areas.get(area.key, AreaOverlay()).off
    )
    left = {f.key for a in areas for f in a.focal_points} | {
        q.key for a in areas for q in a.questions
    }
    return framework.model_copy(
        update={
            "weights": overlay.weights or framework.weights,
            "thresholds": overlay.thresholds or framework.thresholds,
            "areas": areas,
            "gates": tuple(g for g in framework.gates if (g.focal_point or g.question) in left),
        }
    )


def _changed(area: Area, overlay: Overlay, off: set[str]) -> Area:
    change = overlay.areas.get(area.key, AreaOverlay())
    own = tuple(
        FocalPoint(**{name: getattr(extra, name) for name in FocalPoint.model_fields})
        for extra in overlay.focal_points
        if extra.area == area.key
    )
    return area.model_copy(
        update={
            "focal_points": tuple(f for f in (*area.focal_points, *own) if f.key not in off),
            "questions": tuple(q for q in area.questions if q.key not in off),
            "weight": area.weight if change.weight is None else change.weight,
            "weights": change.weights or overlay.weights or area.weights,
        }
    )
