"""A small engagement that is right, and what a check says of it once it is changed."""

from __future__ import annotations

from workbook.content.engagements import engagement_of
from workbook.content.reading import parse
from workbook.errors import BadInput

GOOD = """\
schema_version: 2
key: acme
framework: {key: commerce-stakeholders, version: 1.0.0}
organisation: {name: Acme, profile: large, business_models: [b2b]}
programme: {start: 2026-09-01, go_live: 2027-03-31}
scope: {systems: [oms, erp], seats: [ceo, cfo]}
people:
  - {id: ana, name: Ana Ruiz, title: CTO, seat: cfo}
  - {id: bo, name: Bo Lind}
teams:
  - {id: web-team, name: Web team, lead: bo}
externals:
  - {id: agency, name: Agency}
respondents:
  - {id: r1, person: ana, areas: [experience]}
  - {id: r2, person: bo}
nominations:
  - {respondent: r1, focal_point: promotions, party: ana, deputy: bo}
  - {respondent: r2, focal_point: promotions, state: unknown}
answers:
  - {question: checkpoint_cadence, value: monthly}
  - {question: checkpoint_calendar, value: [2026-10-01, 2026-11-01]}
  - {question: ready_date, subject: erp, value: 2027-01-31}
decisions:
  - {focal_point: oms, owner: web-team, decided_on: 2026-10-05}
"""


def check(text):
    """The problems of a document, each as `line path: what → fix`."""
    try:
        engagement_of(parse(text, "a.yaml"))
    except BadInput as error:
        return [f"{p.line} {p.path}: {p.message} → {p.fix}" for p in error.problems]
    return []


def changed(*changes):
    """The good document with each (old, new) replaced once."""
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
