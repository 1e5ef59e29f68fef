"""Files of software catalogues as a list of systems and owners: Backstage, Cortex, OpsLevel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from workbook.content.reading import parse
from workbook.errors import BadInput, Problem
from workbook.exchange.tables.grid import Grid, GridCell, Line

Entity = Mapping[str, Any]
_BREAK = re.compile(r"^---[ \t]*(?:#.*)?$", re.MULTILINE)
_PARTIES = frozenset({"User", "Group"})
_SYSTEMS = frozenset({"System", "Component", "API", "Resource"})


def read_catalogue(text: str, file: str) -> Grid:
    """The systems of a catalogue under the headings of an inventory; BadInput for another YAML."""
    lines, entities = 1, list[tuple[int, Entity]]()
    for piece in _BREAK.split(text):
        entity = parse(piece, file).data if piece.strip() else None
        entities += [(lines, entity)] if isinstance(entity, dict) else []
        lines += piece.count("\n")
    names = {_reference(e): _named(e) for _, e in entities if str(e.get("kind")) in _PARTIES}
    rows = [(line, row) for line, entity in entities for row in _rows(entity, names)]
    if not rows:
        fix = "name a catalog-info.yaml, a cortex.yaml or an opslevel.yml"
        raise BadInput(Problem("is no catalogue of software", fix, file=file))
    head = Line(0, (GridCell("Application"), GridCell("Owner")))
    return Grid((head, *(Line(line, tuple(map(GridCell, row))) for line, row in rows)))


def _rows(entity: Entity, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    match entity:
        case {"kind": "System" | "Component" | "API" | "Resource", "spec": {"owner": str(owner)}}:
            yield _named(entity), names.get(_short(owner), _short(owner))
        case {"kind": str(kind)} if kind not in _PARTIES:
            yield (_named(entity) if kind in _SYSTEMS else f"{kind} {_named(entity)}"), ""
        case {"info": {"title": str(title), "x-cortex-owners": list(owners)}}:
            yield title, ", ".join(map(_cortex_owner, owners))
        case {"service": {"name": str(name), "owner": str(owner)}}:
            yield name, owner


def _cortex_owner(owner: object) -> str:
    match owner:
        case {"email": str(name)} | {"name": str(name)} | str(name):
            return name
    return ""


def _named(entity: Entity) -> str:
    match entity:
        case {"spec": {"profile": {"displayName": str(name)}}}:
            return name
        case {"metadata": {"title": str(name)}} | {"metadata": {"name": str(name)}}:
            return name
    return ""


def _reference(entity: Entity) -> str:
    metadata = entity.get("metadata")
    return str(metadata.get("name", "")) if isinstance(metadata, dict) else ""


def _short(reference: str) -> str:
    """`team-a` of `group:default/team-a`."""
    return reference.rpartition(":")[2].rpartition("/")[2]
