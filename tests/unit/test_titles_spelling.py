"""How the words of a title are read: one spelling for many, and typing errors up to a limit."""

from __future__ import annotations

import pytest

from workbook.scoring.titles_spelling import (
    BESIDE,
    ELSEWHERE,
    OTHERS,
    PLACES,
    RANKS,
    STANDING_IN,
    familiar,
    fold,
    words,
)

KNOWN = frozenset({"sales", "media", "product", "customer", "marketing"})


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("C.T.O.", "cto"),
        ("C-T-O", "cto"),
        ("C T O", "cto"),
        ("Chargé d’Œuvres", "charge d'oeuvres"),
        ("Responsable des œuvres", "responsable des oeuvres"),
        ("Vendeur·se h/f", "vendeur"),
        ("Head of Sales @ Acme", "head of sales"),
        ("R&D", "rd"),
        ("Sales + IT", "sales  and  it"),
    ],
)
def test_a_title_is_folded_to_plain_letters(written: str, folded: str) -> None:
    assert fold(written).strip() == folded.strip()


@pytest.mark.parametrize(
    ("word", "canonical"),
    [("cars", "car"), ("gas", "gas"), ("news", "new"), ("boss", "boss"), ("bus", "bus")],
)
def test_a_final_s_of_four_letters_and_more_is_a_plural(word: str, canonical: str) -> None:
    assert words(word) == ((canonical,), 1.0)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("meida", "media"),  # five letters, one edit: two letters changed places
        ("medai", "media"),
        ("mdea", "mdea"),  # of four letters nothing is forgiven
        ("custmer", "customer"),
        ("cstmer", "cstmer"),  # two edits are too many below eight letters
        ("markteng", "marketing"),
        ("arketing", "arketing"),  # another first letter
    ],
)
def test_a_typing_error_is_forgiven_by_the_length_of_its_word(typed: str, word: str) -> None:
    (read,), alike = words(typed, KNOWN)
    assert read == word
    assert (alike < 1) is (typed != word)


def test_words_about_titles_are_known_with_those_of_a_framework() -> None:
    """None of them is taken for a typing error in another."""
    known = familiar(frozenset({"soap"}))
    assert {"soap"} | OTHERS | PLACES | STANDING_IN | BESIDE | RANKS <= known
    assert {"directrice", "developer", "vice", "president"} <= known


@pytest.mark.parametrize("kind", [OTHERS, PLACES, STANDING_IN, BESIDE, RANKS, ELSEWHERE])
def test_a_list_of_words_holds_words_as_titles_are_read(kind: frozenset[str]) -> None:
    """One that no title can come to would do nothing."""
    assert {word for word in kind if words(fold(word))[0] == ()} == set()
    assert all(word.isalnum() and word == fold(word) for word in kind)
