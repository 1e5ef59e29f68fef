"""Only what changed travels, and it arrives as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook.widgets.patch import difference, patched

SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(0, 1) | st.text(max_size=3)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=4)
    ),
    max_leaves=24,
)


@given(JSON, JSON)
def test_a_patch_turns_the_old_view_into_the_new_one(old, new):
    result = patched(old, difference(old, new))
    assert result == new
    assert repr(result) == repr(patched(None, [[[], result]]))


@given(JSON)
def test_nothing_travels_when_nothing_changed(view):
    assert difference(view, view) == []


def test_true_and_one_are_different_values():
    assert difference({"a": 1}, {"a": True}) == [[["a"], True]]


def test_a_key_that_went_away_is_named_alone():
    assert difference({"a": 1, "b": {"c": 2}}, {"b": {}}) == [[["a"]], [["b", "c"]]]


def test_a_list_of_another_length_is_replaced_whole():
    assert difference({"a": [1, 2]}, {"a": [1]}) == [[["a"], [1]]]


def test_deciding_one_owner_sends_neither_the_words_nor_the_other_cards(talk):
    screen = talk()
    before = screen.view()
    screen.hear({"do": "decide", "focal_point": "promotions", "set": {"confidence": "certain"}})
    operations = difference(before, screen.view())
    places = {tuple(path[:4]) for path, *_ in operations}
    assert ("page", "cards", "by", "promotions") in places
    assert not [path for path in places if path[0] in ("words", "parties", "languages")]
    assert {path[3] for path in places if path[:3] == ("page", "cards", "by")} == {"promotions"}
