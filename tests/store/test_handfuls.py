"""Answers outside of rounds are told in groups: nobody's is read from before and after."""

from __future__ import annotations

from typing import Any

import pytest

from workbook.store.handfuls import Handful, is_answer

ANA, BO = [{"party": "ana"}], [{"party": "bo"}]
UNKNOWN = [{"state": "unknown"}]
FIVE = "abcde"


def said(who: str, value: Any = ANA, to: Handful | None = None) -> Handful:
    """What a cell holds once each of these has said this, one after the other."""
    handful = to or Handful()
    for respondent in who:
        handful = handful.heard(respondent, value).settled()
    return handful


def told(handful: Handful) -> list[str]:
    """Who is in each group that is told."""
    return ["".join(sorted(group)) for group in handful.groups]


def test_nothing_is_told_of_fewer_than_five() -> None:
    assert told(said("abcd")) == []
    assert told(said(FIVE)) == [FIVE]


def test_those_who_come_after_are_told_as_a_group_of_their_own() -> None:
    """Together with the first, each of them could be told from the others."""
    later = said("fghi", to=said(FIVE))
    assert told(later) == [FIVE]
    assert told(said("j", to=later)) == [FIVE, "fghij"]


def test_who_does_not_know_is_told_with_five_who_do() -> None:
    unsure = said("xyz", UNKNOWN)
    assert told(said("abcd", to=unsure)) == []
    assert told(said(FIVE, to=unsure)) == ["abcdexyz"]


def test_who_took_their_answer_back_is_told_with_nobody() -> None:
    assert told(said("e", to=said("d", None, to=said("abcd")))) == []
    assert told(said("ef", to=said("d", None, to=said("abcd")))) == ["abcef"]


def test_what_a_group_said_stays_until_all_of_it_have_said_something_else() -> None:
    changed = said("abcd", BO, to=said(FIVE))
    assert changed.groups == (dict.fromkeys(FIVE, ANA),)
    assert said("e", BO, to=changed).groups == (dict.fromkeys(FIVE, BO),)


def test_who_says_again_what_was_told_has_said_nothing_else() -> None:
    """Else four new answers beside one old one would tell whose they are."""
    undone = said("e", to=said("e", BO, to=said("abc", BO, to=said(FIVE))))
    changed = said("d", BO, to=undone)
    assert changed.groups == (dict.fromkeys(FIVE, ANA),)
    assert said("e", BO, to=changed).groups == (dict.fromkeys(FIVE, BO),)


def test_what_was_told_in_a_group_that_has_gone_is_not_told_again_beside_four() -> None:
    gone = said("e", None, to=said("abcd", BO, to=said(FIVE)))
    assert told(gone) == []
    assert told(said("e", to=gone)) == []
    assert told(said("f", to=gone)) == told(said("f", to=said("e", to=gone))) == ["abcdf"]
    assert told(said("e", BO, to=gone)) == [FIVE]


def test_a_document_begins_with_any_number_and_they_join_the_next_group() -> None:
    begun = Handful().heard("a", ANA).heard("b", BO).settled(0)
    assert told(begun) == ["ab"]
    assert told(said("cdefg", to=begun)) == ["abcdefg"]


def test_where_nobody_is_new_not_even_an_empty_group_is_told() -> None:
    for handful in (Handful(), said(FIVE)):
        assert handful.settled(0) == handful
    assert told(Handful().heard("a", None).settled(0)) == []


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        (ANA, True),
        ({"value": "full"}, True),
        ([{"state": "unknown"}, {"party": "ana"}], True),
        (UNKNOWN, False),
        ({"state": "not_applicable"}, False),
        (None, False),
        ([], False),
    ],
)
def test_only_who_says_something_of_it_answers(value: Any, *, counts: bool) -> None:
    assert is_answer(value) is counts
