"""Small engagements of a shipped framework, as documents, as frames and in a workspace."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

from workbook.content import dump_engagement, load_framework
from workbook.model.engagement import Engagement
from workbook.model.rules import in_force
from workbook.scoring.frames import Frames
from workbook.scoring.tables import frames_of

AS_OF = dt.date(2026, 11, 23)
FRAMEWORK = load_framework("commerce-stakeholders")
TOPICS = ("product_assortment", "promotions", "shipment_tracking", "erp", "oms", "ceo")


def client(key, owned=0, **facts):
    """An engagement with the first so many topics decided."""
    organisation = {
        "name": key.title(),
        "profile": "large",
        "business_models": ["b2c"],
        "sector": "Retail",
    }
    people = [
        {"id": "ana", "name": "Ana", "title": "CEO"},
        {"id": "bo", "name": "Bo", "title": "CTO"},
    ]
    decided = [{"focal_point": topic, "owner": "ana", "deputy": "bo"} for topic in TOPICS[:owned]]
    return Engagement.model_validate(
        {
            "key": key,
            "framework": {"key": FRAMEWORK.key, "version": FRAMEWORK.version},
            "organisation": organisation | facts.pop("organisation", {}),
            "programme": {"go_live": "2027-06-01"},
            "scope": {"systems": ["oms", "erp"], "seats": ["ceo"]},
            "people": people,
            "respondents": [{"id": "ana", "person": "ana"}, {"id": "bo", "person": "bo"}],
            "nominations": [
                {"respondent": who, "focal_point": "promotions", "party": who}
                for who in ("ana", "bo")
            ],
            "decisions": decided,
            **facts,
        }
    )


def write_documents(folder, *engagements):
    """One YAML document per engagement."""
    folder.mkdir(parents=True, exist_ok=True)
    for engagement in engagements:
        path = folder / f"{engagement.key}.yaml"
        path.write_text(dump_engagement(engagement), encoding="utf-8")
    return folder


def frames(*engagements):
    """The same as frames, with the facts that a portfolio shows beside the score."""
    made = frames_of(in_force(FRAMEWORK), engagements)
    facts = [engagement.organisation for engagement in engagements]
    told = made.engagements.assign(
        name=[one.name for one in facts], sector=[one.sector for one in facts]
    )
    return replace(made, engagements=told)


def write_frames(folder, made, kind="parquet"):
    """A file per frame that has rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for field in fields(Frames):
        table = getattr(made, field.name)
        if len(table):
            path = folder / f"{field.name}.{kind}"
            table.to_csv(path, index=False) if kind == "csv" else table.to_parquet(path)
    return folder
