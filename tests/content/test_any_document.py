"""Whatever a document holds, it loads or is told what is wrong: no traceback, no silence."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.documents import GOOD
from workbook import resources
from workbook.content.engagements import engagement_of
from workbook.content.framework_check import check_framework
from workbook.content.reading import Document, parse, read
from workbook.content.shape import judged, shape
from workbook.errors import BadInput
from workbook.model.framework import Framework

ENGAGEMENT = parse(GOOD).data
FRAMEWORK = read(
    resources.templates() / "frameworks" / "data-platform" / "framework.yaml", includes=True
).data

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**19),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["", "ana", "nobody", "none", "erp", "2026-13-01", "x" * 70, "é\x00", "{", "a"]
    ),
    st.text(max_size=5),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(data, steps=()):
    """Every place inside plain values."""
    yield steps
    if isinstance(data, dict | list):
        for step, child in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(child, (*steps, step))


@st.composite
def damaged(draw, whole):
    """A document in which one to three places hold something else, or nothing any more."""
    data = copy.deepcopy(whole)
    for _ in range(draw(st.integers(1, 3))):
        steps = draw(st.sampled_from([place for place in places(data) if place]))
        node = data
        for step in steps[:-1]:
            node = node[step]
        if draw(st.booleans()):
            node[steps[-1]] = draw(values)
        else:
            del node[steps[-1]]
        if not data:
            break
    return data


def refusal(load, *arguments):
    """The problems with which something is refused; None if it is not."""
    try:
        load(*arguments)
    except BadInput as error:
        return error.problems
    return None


def can_be_mended(problems):
    return problems and all(problem.message and problem.fix for problem in problems)


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(damaged(ENGAGEMENT))
def test_a_damaged_engagement_loads_or_says_how_to_mend_it(data):
    problems = refusal(engagement_of, Document("a.yaml", data))
    assert problems is None or can_be_mended(problems)


@pytest.mark.slow
@settings(deadline=None, max_examples=200)
@given(damaged(FRAMEWORK))
def test_a_damaged_framework_loads_or_says_how_to_mend_it(data):
    document = Document("framework.yaml", data)
    shaped = shape(document, Framework)
    flaws = check_framework(shaped.value) if shaped.value else ()
    problems = judged(document, shaped, flaws)
    assert can_be_mended(problems) or (shaped.value is not None and not problems)


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from("abn:-[]{}#&*!|>'\"%@`,?~ \n\t0.1é\x00\ufeff"), max_size=60))
def test_any_text_is_read_or_refused_with_a_reason(text):
    problems = refusal(lambda: json.dumps(parse(text, "a.yaml").data))
    assert problems is None or can_be_mended(problems)
