"""Titles as real people write them: hundreds of spellings, half of them never tuned on.

`titles_en.csv` and `titles_fr.csv`: odd lines set the factors, even lines only check them.
`titles_wild.csv`: titles of several posts at once, written after the factors. An empty title must
stay unknown, `?a|b` must give these candidates and no hit. `areas_en.txt` and `areas_fr.txt`: what
area a title fits, labelled before it was ever recognised.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from workbook.content import load_framework
from workbook.model.engagement import Overlay
from workbook.model.framework import Title
from workbook.model.rules import in_force
from workbook.scoring.titles import Recogniser, recogniser

DATA = Path(__file__).parent / "data"
TUNED, HELD_OUT = 0, 1


class Written(NamedTuple):
    text: str
    title: str | None
    candidates: frozenset[str]


class Counted(NamedTuple):
    hits: int
    wrong: int
    missed: int

    @property
    def precision(self):
        return self.hits / (self.hits + self.wrong)

    @property
    def recall(self):
        return self.hits / (self.hits + self.missed)


def spellings(name, half=None):
    with (DATA / f"titles_{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["written"], row["title"]) for row in csv.DictReader(file)]
    for place, (text, expected) in enumerate(rows):
        if half is None or place % 2 == half:
            several = (
                frozenset(expected[1:].split("|")) if expected.startswith("?") else frozenset()
            )
            yield Written(text, None if several else expected or None, several)


def counted(known, written):
    found = [(known.recognise(each.text).title, each.title) for each in written]
    hits = sum(got is not None and got == want for got, want in found)
    wrong = sum(got is not None and got != want for got, want in found)
    missed = sum(got is None and want is not None for got, want in found)
    return Counted(hits, wrong, missed)


@pytest.fixture(scope="module")
def framework():
    return in_force(load_framework("commerce-stakeholders"))


@pytest.fixture
def known(framework):
    return recogniser(framework)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_table_holds_hits_and_titles_that_must_stay_unknown(language, framework):
    table = list(spellings(language))
    keys = {title.key for title in framework.titles}
    assert len({each.text for each in table}) == len(table) >= 240
    assert sum(each.title is None for each in table) >= 60
    assert {each.title for each in table} - {None} <= keys


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("half", "recall"), [(TUNED, 1.0), (HELD_OUT, 0.98)])
def test_no_title_is_taken_for_another_and_few_are_missed(language, half, recall, known):
    found = counted(known, spellings(language, half))
    assert found.precision == 1.0
    assert found.recall >= recall


def test_titles_of_several_posts_at_once_are_missed_rather_than_mistaken(known):
    found = counted(known, spellings("wild"))
    assert found.precision == 1.0
    assert found.recall >= 0.85


@pytest.mark.parametrize("name", ["en", "fr", "wild"])
def test_ambiguous_titles_offer_their_readings_and_decide_nothing(name, known):
    for each in spellings(name):
        if each.candidates and each.text != "VP Customer Care & Experience":
            found = known.recognise(each.text)
            assert found.title is None, each.text
            assert found.confidence <= 0.5
            assert each.candidates <= {key for key, _ in found.candidates}, each.text


def test_confidence_promises_no_more_than_was_seen(known):
    """Of the titles read with confidence c, hardly less than the share c was read rightly."""
    seen = defaultdict(list)
    for name in ("en", "fr", "wild"):
        for each in spellings(name):
            if each.title or not each.candidates:
                found = known.recognise(each.text)
                best = found.candidates[0][0] if found.candidates else None
                seen[int(found.confidence * 5)].append((found.confidence, best == each.title))
    for rows in (rows for level, rows in seen.items() if level and len(rows) >= 10):
        claimed = sum(sure for sure, _ in rows) / len(rows)
        right = sum(ok for _, ok in rows) / len(rows)
        assert right >= claimed - 0.12, (claimed, right, len(rows))


@pytest.mark.parametrize(
    "text",
    [
        "Head of Sales Assistant",
        "Assistant to the CTO",
        "Stagiaire marketing",
        "former CEO",
        "Ancienne directrice e-commerce",
        "Directeur général adjoint du marketing",
        "Chief of Staff to the CEO",
        "Deputy Head of IT",
        "",
        "   ",
        "—",
        "CEO " * 60,
    ],
)
def test_nobody_is_taken_for_the_boss_by_standing_near(text, known):
    found = known.recognise(text)
    assert found.title is None
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    ("text", "title", "confidence"),
    [
        ("Chief Technology Officer", "cto", 1.0),
        ("chief technology officer", "cto", 1.0),
        ("Dir. e-com", "vp_ecommerce", 1.0),
        ("Directeur·rice e-commerce", "vp_ecommerce", 1.0),
        ("DSI Groupe", "cio", 0.97),
        ("Interim CTO", "cto", 0.9),
        ("CTO & co-founder", "cto", 0.97),
        ("CTO, member of the board", "cto", 0.95),
        ("VP Marketing & Partnerships", "vp_marketing", 0.85),
        ("VP of Information Systems", "it_systems_manager", 0.92),
        ("Marketing Manager, Construction", "marketing_manager", 0.85),  # where, not what
        ("Marketing Manager & Construction", None, 0.722),  # two posts, of which one is unknown
        ("Directeur marketing et e-commerce", None, 0.5),
    ],
)
def test_confidence_says_how_the_title_was_read(text, title, confidence, known):
    found = known.recognise(text)
    assert (found.title, round(found.confidence, 3)) == (title, confidence)


def test_every_alias_of_the_framework_is_read_as_its_own_title(framework, known):
    for title in framework.titles:
        for alias in (text for aliases in title.aliases.values() for text in aliases):
            assert known.recognise(alias).title == title.key, alias


def test_a_c_suite_seat_is_never_guessed_from_a_rank():
    known = Recogniser([a_title("chief_of_soap", "Soap Director", seat="soap")], threshold=0.8)
    assert known.recognise("Soap Director").title == "chief_of_soap"
    assert known.recognise("VP Soap").title is None


def test_a_language_without_a_list_of_its_own_works_by_its_aliases():
    known = Recogniser([a_title("it", "Leiter Systeme", aliases={"de": ("Leiterin IT",)})], 0.8)
    assert known.recognise("LEITERIN IT").title == "it"
    assert known.recognise("Assistenz der Leiterin IT").title is None


def test_the_threshold_of_the_framework_decides_what_is_a_hit(framework):
    titles = framework.titles
    assert Recogniser(titles, threshold=0.8).recognise("Interim CTO").title == "cto"
    assert Recogniser(titles, threshold=0.95).recognise("Interim CTO").title is None


def test_frameworks_that_share_their_titles_share_one_recogniser(framework):
    copy = in_force(framework.framework.model_copy(update={"version": "9.9.9"}))
    strict = Overlay.model_validate({"thresholds": {"title_match": 0.95}})
    other = in_force(framework.framework, strict)
    assert recogniser(copy) is recogniser(framework)
    assert recogniser(other) is not recogniser(framework)


def test_threads_read_alike(known):
    texts = [each.text for each in spellings("fr")]
    expected = [known.recognise(text) for text in texts]
    found = {}

    def read(name):
        found[name] = [known.recognise(text) for text in texts]

    threads = [Thread(target=read, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[name] == expected for name in range(4))


def labelled(language):
    """Each title of the sample with its areas, and those that are right as well."""
    areas, either = set(), set()
    for line in (DATA / f"areas_{language}.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            areas, either = (set(part.split(", ")) for part in f"{line[2:]} ~".split(" ~")[:2])
        elif line and not line.startswith("#"):
            yield line, areas, either


@pytest.mark.parametrize("area", ["experience", "technology", "executive_sponsor"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_hardly_a_title_is_given_an_area_that_a_person_would_not_give(
    language, area, framework, known
):
    fits = {title.key: title.fits for title in framework.titles}
    sample = [row for row in labelled(language) if area not in row[2]]
    assert len(sample) >= 300
    given = {
        text: bool(keys := known.recognise(text).readings) and all(area in fits[k] for k in keys)
        for text, _, _ in sample
    }
    found = Counted(
        hits=sum(given[text] and area in areas for text, areas, _ in sample),
        wrong=sum(given[text] and area not in areas for text, areas, _ in sample),
        missed=sum(not given[text] and area in areas for text, areas, _ in sample),
    )
    assert found.precision >= 0.97
    assert found.recall >= 0.9


def a_title(key, text, *, aliases=None, seat=None):
    return Title.model_validate(
        {"key": key, "title": {"en": text}, "aliases": aliases or {}, "seniority": 4, "seat": seat}
    )


@pytest.mark.parametrize(
    "text",
    [
        "venue manager",
        "coder",
        "funder",
        "loader technician",
        "maintenance and engineering manager",
        "purchasing manager/sales",
        "mergers and acquisitions manager",
        "Allergist/MD",
        "formateur",
        "operator",
    ],
)
def test_a_word_of_another_post_is_no_typing_error(text, known):
    assert known.recognise(text).title is None


@pytest.mark.parametrize(
    "text",
    [
        "Chief Product Officer",
        "Chief Data Officer",
        "Chief Transformation Officer",
        "Chief Merchandising Officer",
        "Chief Supply Chain Officer",
        "Président du directoire",
        "MD",
        "Membre du COMEX",
        "EVP",
    ],
)
def test_every_seat_of_the_c_suite_can_sponsor(text, known, framework):
    senior = {title.key for title in framework.titles if title.seniority == 5}
    assert known.recognise(text).title in senior


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Java Developer", "tech_team"),
        ("Développeuse PHP", "tech_team"),
        ("Network and Systems Administrator", "tech_team"),
        ("Responsable production informatique", "it_systems_manager"),
        ("Head of Cloud Operations", "it_systems_manager"),
        ("Ingénieur cybersécurité", "tech_team"),
        ("IT Support Technician", "tech_team"),
        ("Head of Data Engineering", "it_systems_manager"),
        ("Shift Engineer", None),
        ("Property Developer", None),
        ("Landscape Architect", None),
        ("Operations Manager", None),
        ("Chief Petty Officer", None),
    ],
)
def test_a_technical_post_is_known_by_its_field(text, title, known):
    assert known.recognise(text).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("DGA Ressources", "c_suite"),
        ("DGA Patrimoine", "c_suite"),
        ("Patrimoine DGA", None),
        ("Chief Happiness Officer", "c_suite"),
    ],
)
def test_a_deputy_general_manager_is_known_by_the_word_that_comes_first(text, title, known):
    assert known.recognise(text).title == title


def test_readings_come_most_likely_first_and_equal_ones_by_their_keys(known):
    """A screen that shows three of them shows the same three on every machine."""
    texts = [each.text for name in ("en", "fr", "wild") for each in spellings(name)]
    found = [known.recognise(text).candidates for text in texts]
    assert any(len({sure for _, sure in each}) < len(each) for each in found)
    assert all(list(each) == sorted(each, key=lambda one: (-one[1], one[0])) for each in found)


def test_a_title_that_is_none_offers_those_that_share_its_words(known):
    found = known.recognise("Marketing & IT")
    assert found.title is None
    assert {"it_systems_manager", "vp_marketing"} <= {key for key, _ in found.candidates}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Marketing & IT", ["it_systems_manager", "vp_marketing", "cco"]),
        ("Directeur marketing et e-commerce", ["vp_ecommerce", "vp_marketing"]),
    ],
)
def test_candidates_are_offered_the_likely_first_and_equal_ones_by_their_keys(text, first, known):
    assert [key for key, _ in known.recognise(text).candidates][: len(first)] == first


@pytest.mark.parametrize("text", ["Nurse Marketing", "Sales Nurse"])
def test_the_word_of_another_post_leaves_nothing_to_choose_from(text, known):
    assert known.recognise(text).candidates == ()


@pytest.mark.parametrize("text", ["Sales Manger", "Managr marketing", "Directer of Sales"])
def test_a_typing_error_is_still_forgiven(text, known):
    assert known.recognise(text).title is not None


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Leiter E-Commerce", "vp_ecommerce"),
        ("Abteilungsleiterin Marketing", "vp_marketing"),
        ("Bereichsleiterin Vertrieb", "head_of_sales"),
        ("Leiterin des Kundenservice", "customer_service_manager"),
        ("Leiter der IT", "it_systems_manager"),
        ("SAP-Beraterin", "erp_engineer"),
        ("Geschäftsführerin", "ceo"),
        ("Kaufmännischer Leiter", "cfo"),
        ("Mitglied der Geschäftsleitung", "c_suite"),
        ("Leiter Einkauf", "product_manager"),
        ("Prokurist", None),
        ("Stv. Geschäftsführer", None),
    ],
)
def test_german_titles_are_recognised_and_what_they_do_not_say_is_not_guessed(written, title):
    assert (
        recogniser(in_force(load_framework("commerce-stakeholders"))).recognise(written).title
        == title
    )
