"""French that says what is meant: no mistranslation of the source, typography as it should be.

It covers every text of templates/ and of the French catalogues.
"""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from tests.texts import bare
from workbook import resources
from workbook.content.reading import DOCUMENTS, read
from workbook.i18n import LOCALE

# What a machine made of the source, and what is meant.
MISTRANSLATED = {
    r"partenaires? exécutifs?": "sponsor exécutif",
    r"points? foca(l|ux)": "sujet clé",
    r"besoins et besoins": "attentes et besoins",
    r"finalement responsables?": "responsable en dernier ressort",
    r"prises? en charge complètes?": "soutien plein et entier",
    r"systèmes? administratifs?": "systèmes back-office",
    r"plaintes?": "réclamations",
    r"suite[ -]c\b|c-suite": "comité de direction",
    r"points? de contrôle": "points d’étape",
    r"équipes? informatiques?": "DSI",
    r"chefs? des ventes \(principalement": "directeur commercial (B2B)",
    r"gestionnaires? de(s)? services? clients?": "responsable service client",
    r"transformations? commerciales?": "transformation e-commerce",
    r"propriétaires? (du|de la|des|de l’)": "responsable, qui porte",
    r"implémentations?": "mise en œuvre",
    r"challenger|adresser (le|la|les|un|une) (sujet|problème|point)": "traiter",
    r"en charge (de|du|des)\b": "responsable de",
}
TERMS = {
    "focal point": "sujet clé",
    "engagement": "mission",
    "framework": "référentiel",
    "finding": "constat",
    "gate": "verrou",
    "deputy": "suppléant",
    "nomination": "proposition",
}


def spoken(data, language, steps=()):
    """Every text of a language inside plain values, with its place."""
    if isinstance(data, dict):
        said = data.get(language)
        if isinstance(said, str):
            yield ".".join(map(str, steps)), said
        elif isinstance(said, list) and all(isinstance(one, str) for one in said):
            yield from ((".".join(map(str, steps)), one) for one in said)
        for key, child in data.items():
            yield from spoken(child, language, (*steps, key))
    elif isinstance(data, list):
        for position, child in enumerate(data):
            yield from spoken(child, language, (*steps, position))


def documents():
    return sorted(p for p in resources.templates().rglob("*") if p.suffix in DOCUMENTS)


def french():
    """(place, text) of every French text."""
    for path in documents():
        name = str(path.relative_to(resources.templates()))
        data = read(path, includes=path.name == "framework.yaml").data
        yield from ((f"{name}: {place}", said) for place, said in spoken(data, "fr"))
        if isinstance(data, dict) and data.get("language") == "fr":
            yield from ((f"{name}: {place}", said) for place, said in free_texts(data))
    for path in sorted((LOCALE / "fr").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="fr"):
                forms = (message.string,) if isinstance(message.string, str) else message.string
                where = bare(str(message.id))
                yield from ((f"{path.name}: {where}", bare(form)) for form in forms if message.id)


def free_texts(data, key=""):
    """What people of a French engagement wrote themselves: notes, reasons, evidence."""
    if isinstance(data, str) and key in {"note", "reason", "evidence", "title_reason"}:
        yield key, data
    elif isinstance(data, dict):
        for name, child in data.items():
            yield from free_texts(child, name)
    elif isinstance(data, list):
        for child in data:
            yield from free_texts(child, key)


TEXTS = sorted(set(french()))


def test_there_are_texts_of_every_kind():
    places = " ".join(place for place, _ in TEXTS)
    assert len(TEXTS) > 1000
    assert all(name in places for name in ("findings.yaml", "areas", "content.po", "engagements/"))


@pytest.mark.parametrize(("wrong", "meant"), MISTRANSLATED.items())
def test_no_text_repeats_a_mistranslation(wrong, meant):
    pattern = re.compile(rf"\b(?:{wrong})", re.IGNORECASE)
    assert not [(place, said) for place, said in TEXTS if pattern.search(said)], f"say: {meant}"


@pytest.mark.parametrize("wrong", MISTRANSLATED)
def test_the_words_test_would_find_what_the_machine_wrote(wrong):
    seed = (
        "Partenaire exécutif, points focaux, besoins et besoins, finalement responsable, "
        "prise en charge complète, systèmes administratifs, plaintes des clients, suite C, "
        "réunions de points de contrôle, équipe informatique, Chef des ventes (principalement), "
        "Gestionnaire des services clients, transformation commerciale, propriétaire du produit, "
        "une implémentation, adresser le sujet, en charge de la DSI"
    )
    assert re.search(rf"\b(?:{wrong})", seed, re.IGNORECASE)


def test_a_placeholder_stands_where_any_gender_and_number_fits():
    """`de {focal_point}` would say “de le”, and “{focal_point} est prêt” agrees with nothing."""
    before = r"\b(de|du|des|à|au|aux|le|la|les|l’|d’|en) ?"
    glued = re.compile(before + r"\{(focal_point|area)\}", re.IGNORECASE)
    agreeing = re.compile(r"^\{focal_point\} (est|sont|a|ont|sera|seront)\b")
    wrong = [(p, s) for p, s in TEXTS if glued.search(s) or agreeing.search(s)]
    assert not wrong


def test_no_english_is_left_untranslated():
    english = re.compile(r"\b(the|and|with|owner|owners|deputy|score of|who owns)\b")
    aliases = re.compile(r"titles\.\d+|aliases")
    # Placeholders have English names, and so have the readers that are typed.
    texts = [(p, re.sub(r"\{\w+\}|owner ou handover", "", s)) for p, s in TEXTS]
    assert not [(p, s) for p, s in texts if english.search(s) and not aliases.search(p)]


@pytest.mark.parametrize(("english", "said"), TERMS.items())
def test_a_term_is_said_with_its_one_french_word(english, said):
    """Where an English message of the catalogues uses a term, its French uses the term’s word."""
    stem = re.compile(said.split()[0][:6], re.IGNORECASE)
    term = re.compile(rf"\b{english}s?\b", re.IGNORECASE)
    messages = [(re.sub(r"\{[^}]*\}", "", p), s) for p, s in TEXTS if ".po: " in p]
    assert not [(p, s) for p, s in messages if term.search(p) and not stem.search(s)]
