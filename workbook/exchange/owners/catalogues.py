"""Owners of systems as files of Backstage, Cortex and OpsLevel, and as a list of code owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from workbook.exchange.owners.decided import CATALOGUED, DecidedSubject, decided_subjects
from workbook.model.engagement import Person
from workbook.wording.fields import field_names
from workbook.wording.phrases import Phrases

Entity = dict[str, Any]


def catalogued(phrases: Phrases) -> list[DecidedSubject]:
    """The systems and integrations that have an owner."""
    subjects = decided_subjects(phrases)
    return [s for s in subjects if s.point.kind in CATALOGUED and s.owner]


def backstage(phrases: Phrases) -> str:
    """`catalog-info.yaml`: a system each, with its one owner, and the users and groups named."""
    subjects = catalogued(phrases)
    parties = dict.fromkeys(s.owner for s in subjects if s.owner)
    return _documents(
        (
            *(_system(phrases, subject) for subject in subjects),
            *(_party(phrases, party) for party in parties),
        )
    )


def _system(phrases: Phrases, subject: DecidedSubject) -> Entity:
    annotations = {"ownership-workbook/subject": f"{phrases.engagement.key}.{subject.point.key}"}
    metadata = {
        "name": subject.point.key,
        "title": phrases.focal(subject.point.key),
        "annotations": annotations,
    }
    kind = "user" if _is_person(phrases, subject.owner) else "group"
    spec = {"owner": f"{kind}:default/{subject.owner}"}
    return _entity("System", metadata, spec)


def _party(phrases: Phrases, key: str) -> Entity:
    party = phrases.parties[key]
    profile = {"displayName": party.name}
    if isinstance(party, Person):
        profile |= {"email": party.email} if party.email else {}
        return _entity("User", {"name": key}, {"profile": profile, "memberOf": []})
    return _entity("Group", {"name": key}, {"type": "team", "profile": profile, "children": []})


def _entity(kind: str, metadata: Entity, spec: Entity) -> Entity:
    return {"apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec}


def cortex(phrases: Phrases) -> str:
    """Entity descriptors with `x-cortex-owners`: the owner, and the deputy with that role."""
    return _documents(
        {
            "openapi": "3.0.1",
            "info": {
                "title": phrases.focal(subject.point.key),
                "x-cortex-tag": subject.point.key.replace("_", "-"),
                "x-cortex-type": "service",
                "x-cortex-owners": [*_cortex_owners(phrases, subject)],
            },
        }
        for subject in catalogued(phrases)
    )


def _cortex_owners(phrases: Phrases, subject: DecidedSubject) -> Iterator[Entity]:
    names = field_names(phrases.voice)
    roles = ((subject.owner, names["owner"]), (subject.deputy, names["deputy"]))
    for key, role in roles:
        party = phrases.parties.get(key or "")
        if isinstance(party, Person) and party.email:
            yield {"type": "email", "email": party.email, "description": role}
        elif party:
            group = {"type": "group", "name": party.name, "provider": "CORTEX"}
            yield {**group, "description": role}


def opslevel(phrases: Phrases) -> str:
    """`opslevel.yml`, one document a service; an owner is the alias of a team there."""
    return _documents(
        {
            "version": 1,
            "service": {
                "name": phrases.focal(subject.point.key),
                "owner": subject.owner,
                "aliases": [subject.point.key],
            },
        }
        for subject in catalogued(phrases)
    )


def code_owners(phrases: Phrases) -> str:
    """A line per system: a folder of its name, then owner and deputy by address or as a team."""
    lines = [f"# {phrases.engagement.organisation.name}"]
    for subject in catalogued(phrases):
        owners = (_handle(phrases, key) for key in (subject.owner, subject.deputy) if key)
        lines.append(f"/{subject.point.key}/ {' '.join(owners)}")
    return "\n".join(lines) + "\n"


def _handle(phrases: Phrases, key: str) -> str:
    party = phrases.parties[key]
    if isinstance(party, Person):
        return party.email or f"@{key}"
    return f"@{phrases.engagement.key}/{key}"


def _is_person(phrases: Phrases, key: str | None) -> bool:
    return isinstance(phrases.parties.get(key or ""), Person)


def _documents(entities: Iterable[Entity]) -> str:
    return yaml.safe_dump_all(entities, allow_unicode=True, sort_keys=False, explicit_start=True)
