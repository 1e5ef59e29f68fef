"""What a session has kept can be written as a document that others read."""

from __future__ import annotations

import pytest

from tests.content.documents import GOOD
from workbook.content import check_engagement, consistent, dump_engagement, load_framework
from workbook.content.engagements import engagement_of
from workbook.content.reading import parse
from workbook.errors import BadInput

COMMERCE = load_framework("commerce-stakeholders")
ACME = engagement_of(parse(GOOD)).engagement


def test_what_is_right_is_left_alone():
    assert consistent(ACME, COMMERCE) == (ACME, ())


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        # A system that has left the scope takes its answer and its decision along.
        ({"scope": {**ACME.scope, "systems": ()}}, {"answers": 1, "decisions": 1}),
        # A person who was taken off the list: a team loses its lead, a respondent its name.
        ({"people": ACME.people[:1]}, {}),
        ({"teams": ()}, {"decisions": 1}),
        ({"respondents": ACME.respondents[1:]}, {"nominations": 1}),
    ],
)
def test_what_no_longer_has_a_place_is_left_out_and_told(change, lost):
    engagement = ACME.model_copy(update=change)
    assert check_engagement(engagement, COMMERCE)
    kept, left_out = consistent(engagement, COMMERCE)
    assert left_out
    assert check_engagement(kept, COMMERCE) == ()
    for field in ("respondents", "nominations", "answers", "decisions"):
        gone = len(getattr(engagement, field)) - len(getattr(kept, field))
        assert gone == lost.get(field, 0), field
    assert engagement_of(parse(dump_engagement(kept))).engagement == kept


def test_a_framework_that_knows_nothing_of_it_is_refused():
    with pytest.raises(BadInput, match="there is no profile “large”"):
        consistent(ACME, load_framework("data-platform"))
