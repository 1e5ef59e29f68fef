"""Clients who are called by a word of their own, and reports in which another's word stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from workbook import resources

SMALL = """\
schema_version: 2
key: CANARY
language: en
framework: {key: commerce-stakeholders, version: 1.0.0}
organisation: {name: CANARY, profile: small, business_models: [d2c]}
programme: {name: Shop, start: 2026-10-05, go_live: 2027-03-15}
overlay: {areas: {technology: {off: true}, executive_sponsor: {off: true}}}
people: [{id: p, name: CANARY, title: Buyer}]
respondents: [{id: r, person: p}]
nominations:
  - {respondent: r, focal_point: promotions, party: p, confidence: fairly, note: CANARY}
decisions: [{focal_point: promotions, owner: p}]
"""
WHOLE_EACH = 10
"""Every tenth client has all that a report may have; the others follow it in its process."""


def write_clients(folder: Path, numbers: Iterable[int]) -> None:
    """A document for each number."""
    example = resources.templates() / "engagements" / "atelier-belval.yaml"
    whole = re.sub(r"(?m)^key: .*$", "key: CANARY", example.read_text("utf-8"))
    whole = whole.replace("name: Atelier Belval", "name: CANARY")
    whole = whole.replace("Lucie Belval", "CANARY")
    assert whole.count("CANARY") == 3
    folder.mkdir(parents=True)
    for n in numbers:
        document = SMALL if n % WHOLE_EACH else whole
        word = f"canary{n:05}"
        (folder / f"{word}.yaml").write_text(document.replace("CANARY", word), "utf-8")


def strangers(pages: Mapping[str, bytes]) -> dict[str, list[str]]:
    """By report: the words of others that stand in it; its own word, if it lacks that."""
    found = {}
    for name, page in pages.items():
        own = name[:11]
        words = {word.decode() for word in re.findall(rb"canary\d{5}", page)}
        if words != {own}:
            found[name] = sorted(words ^ {own})
    return found
