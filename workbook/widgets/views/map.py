"""The ownership map as a grid to edit: focal points × parties, with what is decided and voted."""

from __future__ import annotations

from workbook.model.engagement import NOBODY, RACI, VACANT, Decision, State
from workbook.model.framework import Area, FocalPoint
from workbook.scoring.panel import Panel
from workbook.widgets.views.scene import Scene, View, plain
from workbook.wording.ownership import ownership_note, ownership_word


def map_page(scene: Scene) -> View:
    """Rows, columns and cells. A cell says its roles ("A", "AR" …), its votes, and D for deputy."""
    decisions = scene.decisions
    rows = [
        _row(scene, area, focal_point, decisions.get(focal_point.key))
        for area in scene.rules.areas
        for focal_point in scene.focal_points(area)
    ]
    return {
        "order": [row["key"] for row in rows],
        "rows": {row["key"]: row for row in rows},
        "columns": _columns(scene),
        "areas": {area.key: scene.say(area.title) for area in scene.rules.areas},
    }


def _columns(scene: Scene) -> list[View]:
    def column(key: str) -> View:
        party = scene.parties[key]
        return {"key": key, "name": party.name, "unit": getattr(party, "unit", None) or ""}

    return sorted(
        (column(key) for key in scene.parties), key=lambda c: (plain(c["unit"]), plain(c["name"]))
    )


def _row(scene: Scene, area: Area, focal_point: FocalPoint, decision: Decision | None) -> View:
    panel = scene.panels.get(focal_point.key)
    return {
        "key": focal_point.key,
        "area": area.key,
        "title": scene.say(focal_point.title),
        "state": scene.ownership[focal_point.key].state.family,
        "chip": ownership_word(scene, focal_point.key)._asdict(),
        "note": ownership_note(scene, focal_point.key),
        "cells": _cells(decision, None if scene.disclosure.hides(focal_point.key) else panel),
    }


def _cells(decision: Decision | None, panel: Panel | None) -> dict[str, View]:
    cells: dict[str, View] = {}
    if decision and decision.state == State.ANSWERED:
        _mark(cells, decision.owner, "A")
        _mark(cells, decision.deputy, "D")
        for letter, field in RACI:
            for party in getattr(decision, field):
                _mark(cells, party, letter)
    if panel and not (decision and decision.owner):
        for cell in panel.votes:
            for party in cell.named:
                if party not in (NOBODY, VACANT):
                    mark = cells.setdefault(party, {"roles": ""})
                    mark["votes"] = mark.get("votes", 0) + 1
    return cells


def _mark(cells: dict[str, View], party: str | None, letter: str) -> None:
    if party and party not in (NOBODY, VACANT, "none"):
        cell = cells.setdefault(party, {"roles": ""})
        cell["roles"] += letter
