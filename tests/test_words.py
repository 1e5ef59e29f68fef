"""The words of the trade: the same in content, screens and reports, in both languages.

The source text exists in a machine translation that turns some meanings round; its phrases must
never come back. Terms have one translation each.
"""

from __future__ import annotations

import json
import re

import pytest

from tests.texts import english_and_french
from workbook import resources

REJECTED_FRENCH = {
    r"partenaires? exécutifs?": "sponsor exécutif",
    r"points? foca(l|ux)": "sujet clé (un « point focal » est une personne)",
    r"besoins et (les )?besoins": "attentes et besoins",
    r"finalement responsable": "responsable en dernier ressort",
    r"prise en charge (complète|totale|de l’ensemble)": "soutien plein et entier",
    r"systèmes administratifs": "systèmes back-office",
    r"plaintes?\b": "réclamations",
    r"\bassortiments?\b(?! de produits)": "assortiment de produits",
    r"suite C\b|C-suite": "comité de direction",
    r"transformation commerciale": "transformation e-commerce",
    r"gestionnaires? des services clients": "responsable service client",
    r"points? de contrôle": "point d’étape",
    r"\bparties? prenantes? clés?": "parties prenantes",
}
REJECTED_ENGLISH = {
    r"executive partner": "executive sponsor",
    r"needs and needs": "wants and needs",
    r"\bcomplete(ly)? ready\b": "a level’s own name",
    r"administrative systems?": "back-office systems",
}
TERMS = {
    r"\bfocal points?\b": r"sujets? clés?",
    r"\bframeworks?\b": r"référentiels?",
    r"\bengagements?\b": r"missions?",
    r"\bfindings?\b(?! out)": r"constats?",
    r"\bgates?\b": r"verrous?",
    r"\bbaselines?\b": r"références?",
    r"\bcriteri(on|a)\b": r"critères?",
    r"\bnominations?\b": r"propositions?",
    r"\brespondents?\b": r"répondants?",
    r"\bdeput(y|ies)\b": r"suppléante?s?|suppléance",
    r"\bdecisions?\b": r"décisions?|trancher",
    r"\bcheckpoints?\b": r"points? d’étape",
    r"\bback.office\b": r"back-office",
    r"\bwants and needs\b": r"attentes et (des |les )?besoins",
    r"\bexecutive sponsor\b": r"sponsor exécutif",
}


def test_there_is_something_to_read():
    assert len(english_and_french()) > 400


@pytest.mark.parametrize(("wrong", "right"), REJECTED_FRENCH.items())
def test_mistranslations_do_not_come_back(wrong, right):
    found = [
        (where, fr) for where, _, fr in english_and_french() if re.search(wrong, fr, re.IGNORECASE)
    ]
    assert not found, f"say “{right}”"


@pytest.mark.parametrize(("wrong", "right"), REJECTED_ENGLISH.items())
def test_english_keeps_to_its_words(wrong, right):
    found = [
        (where, en) for where, en, _ in english_and_french() if re.search(wrong, en, re.IGNORECASE)
    ]
    assert not found, f"say “{right}”"


@pytest.mark.parametrize(("english", "french"), TERMS.items())
def test_a_term_has_one_translation(english, french):
    found = [
        (where, en, fr)
        for where, en, fr in english_and_french()
        if re.search(english, en, re.IGNORECASE) and not re.search(french, fr, re.IGNORECASE)
    ]
    assert not found


def french_of_notebooks():
    """(notebook, line) of every line of prose in the notebooks that we ship."""
    for path in sorted((resources.root() / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        prose = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        yield from ((path.name, line) for text in prose for line in text.splitlines())


def test_no_plain_space_stands_before_double_punctuation():
    """French sets a no-break space there; English sets none, so that both are read."""
    french = [*((where, text) for where, _, text in english_and_french()), *french_of_notebooks()]
    assert not [(where, text) for where, text in french if re.search(r" [:;?!»](\s|$)|« ", text)]
