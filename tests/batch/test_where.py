"""`--where` decides from facts, and can do nothing else."""

from __future__ import annotations

import pytest

from workbook.batch.where import condition
from workbook.errors import BadInput

FACTS = {
    "profile": "large",
    "sector": "retail",
    "employees": 1200,
    "country": None,
    "go_live": "2027-03-01",
    "business_models": ["b2b", "b2c"],
    "discount": -3,
}


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ('profile == "large"', True),
        ('profile == "large" and sector in ("retail", "fashion")', True),
        ('sector not in ["retail"] or employees >= 5000', False),
        ("not employees > 5000", True),
        ("100 < employees <= 1200", True),
        ('"b2b" in business_models', True),
        ('"b2x" in business_models', False),
        ('go_live < "2027-04-01"', True),
        ("discount == -3", True),
        ("country is None", True),
        ("country", False),
        ('country < "z"', False),
        ('"fr" in country', False),
        ('"fr" not in country', True),
        ("True", True),
    ],
)
def test_a_condition_holds_or_not(expression, holds):
    assert condition(expression, FACTS)(FACTS) is holds


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('true')",
        "().__class__",
        "profile.upper()",
        "business_models[0]",
        "[x for x in business_models]",
        "lambda: 1",
        "(profile := 1)",
        "f'{profile}'",
        "employees ** 99999999",
        "employees if True else 2",
        "-profile",
        "not",
        "",
        "a = 1",
        "profile == ",
        "(" * 300 + ")" * 300,
        "\0",
        "1" * 3000,
    ],
)
def test_nothing_else_is_understood(expression):
    with pytest.raises(BadInput) as raised:
        condition(expression, FACTS)(FACTS)
    assert raised.value.problems[0].path == "--where"


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(BadInput, match=r"unknown name “sectr”[^$]*“sector”"):
        condition('sectr == "retail"', FACTS)


def test_what_cannot_be_compared_is_told():
    with pytest.raises(BadInput, match="compare texts with texts"):
        condition("profile > 5", FACTS)(FACTS)
