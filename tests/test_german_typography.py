"""German as it is printed: quotation marks, no space before punctuation, dashes, one address."""

from __future__ import annotations

import re

import pytest

from tests.texts import bare, catalogues, forms, framework_texts

FAULTS = {
    "an upright apostrophe": r"\w'\w",
    "an upright quotation mark": r'"',
    "marks of another language": r"[”«»]",
    "a mark that is not closed": r"^[^„“]*“|„[^“]*$",
    "a space before punctuation": r"[\s\u00a0\u202f][:;?!](?!\w)",
    "no no-break space before a per cent": r"\d%",
    "two spaces": r"\S  +\S",
    "three full stops": r"\.\.\.",
    "a hyphen for a dash": r"\w - \w",
    "a familiar address": r"\b([Dd]u|[Dd]ein\w*|[Dd]ir|[Ee]uch|[Ee]uer\w*)\b",
}


def texts():
    for file, message in catalogues("de"):
        yield from ((file, bare(text)) for text in forms(message.string))
    for key, text in framework_texts():
        if "de" in text.root:
            yield key, bare(text["de"])


@pytest.mark.parametrize(("fault", "pattern"), FAULTS.items(), ids=lambda part: part)
def test_german_has_no_typographic_fault(fault, pattern):
    # Commands are typed between upright marks.
    wrong = [(where, text) for where, text in texts() if re.search(pattern, text)]
    assert not [(where, text) for where, text in wrong if "workbook baseline" not in text], fault


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("an upright quotation mark", 'die Stelle "Einkauf"'),
        ("marks of another language", "die Stelle “Einkauf”"),
        ("a mark that is not closed", "die Stelle „Einkauf"),
        ("a space before punctuation", "Wirklich ?"),
        ("three full stops", "Hinzufügen..."),
        ("a familiar address", "Speichere deine Antworten"),
    ],
)
def test_each_fault_is_found(fault, text):
    assert re.search(FAULTS[fault], text)
