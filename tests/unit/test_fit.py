"""METHOD §1, *fitting*: whose title fits an area, and where that cannot be known."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small import engagement, framework_doc, person, rules
from workbook.model.rules import Rules
from workbook.scoring.cell import Truth
from workbook.scoring.fit import Fitting

HEADS = {"en": "Head of Sales", "fr": "Directeur des ventes"}


def known(**changes: Any) -> Rules:
    """The small framework; `changes` replace facts of the title tx."""
    titles = framework_doc()["titles"]
    titles[0] |= {"title": HEADS, **changes}
    return rules(titles=titles)


def fitting(found: Rules, who: Any, **organisation: Any) -> Fitting:
    facts = {"name": "Worked", "profile": "large", "business_models": ["b2c"], **organisation}
    nothing: dict[str, Any] = {"nominations": [], "decisions": []}
    return Fitting.of(found, engagement(organisation=facts, people=[who], **nothing))


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ({"title_key": "tx", "title": "Anything"}, "tx"),
        ({"title": "head of sales"}, "tx"),
        ({"title": "Head of Sales / Job tt"}, None),
        ({"title": "Juggler"}, None),
        ({}, None),
    ],
)
def test_a_title_is_known_where_it_has_one_reading(facts: Any, title: str | None) -> None:
    who = {"id": "ana", "name": "Ana", "inside": True, **facts}
    found = fitting(known(), who)
    assert found.title(found.people["ana"]) == title


@pytest.mark.parametrize(
    ("condition", "organisation", "fit"),
    [
        ({}, {}, Truth.YES),
        ({"business_models": ["b2b"]}, {}, Truth.NO),
        ({"business_models": ["b2b"]}, {"business_models": ["b2b"]}, Truth.YES),
        ({"profiles": ["small"]}, {}, Truth.NO),
        ({"profiles": ["large"]}, {}, Truth.YES),
        ({"profiles": ["large"], "business_models": ["b2b"]}, {}, Truth.NO),
    ],
)
def test_a_title_may_fit_in_some_organisations_only(
    condition: Any, organisation: Any, fit: Truth
) -> None:
    found = known(fits_when=condition)
    area = next(area for area in found.areas if area.key == "x")
    assert fitting(found, person("ana", "tx"), **organisation).fit("ana", area) == fit


def test_of_somebody_who_is_no_person_nothing_is_known() -> None:
    found = known()
    assert fitting(found, person("ana", "tx")).fit("agency", found.areas[0]) == Truth.UNKNOWN
