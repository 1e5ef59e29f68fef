"""Directories, contacts and staff lists as they are exported, in three languages and six encodings.

Of each file every person as somebody notes them by hand: name, title, unit, address; `outside` for
a guest or contractor, and who has left.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from workbook.content import load_engagement
from workbook.exchange.kinds import TableKind, kind_of
from workbook.exchange.listing import read_listing
from workbook.exchange.people import people_of
from workbook.exchange.people.columns import header
from workbook.exchange.tables.reading import read_grids
from workbook.scoring.titles import recogniser

FILES = Path(__file__).parent / "people"
NORA = "Nora Blake · VP Ecommerce · Digital · nora.blake@acme.example"
TOM = "Tom Okoro · Head of IT · IT · tom.okoro@acme.example"
ANA = "Ana Ruiz · VP Ecommerce · Digital · ana@x.example"
BO = "Bo Li · CTO · IT · bo@x.example"
ANNA = "Anna Bauer · {} · Vertrieb · anna@x.example"
JOERG = "Jörg Vogt · IT-Leiter · IT · joerg@x.example"

READ = {
    "active_directory.csv": [ANA, BO, "left: Cy Roe"],
    "annuaire.md": [
        "Léa MARTIN · DSI · SI · lea@x.example",
        "Hugo LEFÈVRE · Directeur e-commerce · Digital · hugo@x.example",
    ],
    "bamboohr.csv": [ANA, BO, "left: Cy Roe"],
    "contacts_list.html": [ANA, BO],
    "entra_de.csv": [
        "Jürgen Müller · IT-Leiter · IT · j.mueller@acme.example",
        "Sabine Weiß · Leiterin E-Commerce · Vertrieb · s.weiss@acme.example",
        "Uwe Groß · Berater ·  · gast@agentur.example · outside",
    ],
    "entra_en.csv": [
        NORA,
        TOM,
        "Jo Vance ·  ·  · jo.vance@agency.example · outside",
        "left: Ray Lund",
    ],
    "entra_fr.csv": [
        "Léa Martin · DSI · Systèmes d’information · lea.martin@acme.example",
        "Hugo Lefèvre · Directeur e-commerce · Digital · hugo.lefevre@acme.example",
        "Inès Caron · Consultante ·  · ines@agence.example · outside",
    ],
    "google_contacts.csv": [
        "Ana Ruiz · CTO · IT · ana@x.example",
        "Bo Li · CFO · Finance · bo@x.example",
    ],
    "google_contacts_older.csv": [
        "Ana Ruiz · CTO · IT · ana@x.example",
        "Bo Li · CFO · Finance · bo@x.example",
    ],
    "google_workspace.csv": [
        "Ada Brandt · Head of Ecommerce · Digital · ada@shop.example",
        "Kim Sato · CEO · Management · kim@shop.example",
        "left: Lou Ferri",
    ],
    "homonyms.csv": [
        "Marie Martin · CIO · IT · marie.martin@x.example",
        "Marie C. Martin · Head of Sales · Sales · marie.c.martin@x.example",
        "Marie Martin · Customer Service Manager · Sales · marie.martin2@x.example",
    ],
    "linkedin.csv": [
        "Ana Ruiz · VP Ecommerce, Europe ·  · ",
        "Bo Li, PMP · CTO ·  · bo@x.example",
    ],
    "lucca.csv": [
        "Léa MARTIN · Directrice SI · Systèmes d’information · lea@x.example",
        "Hugo LEFÈVRE · Responsable e-commerce · Digital · hugo@x.example",
        "left: Anne-Sophie DE LA TOUR",
    ],
    "m365_admin_center.csv": [NORA, TOM],
    "name_vorname.csv": [
        ANNA.format("Leiterin E-Commerce"),
        JOERG,
        "Beat von Arx · Geschäftsführer · Geschäftsleitung · beat@x.example",
    ],
    "nom_d_usage.csv": [
        "Léa Martin · Directrice des systèmes d'information · DSI · lea@x.example",
        "Hugo Lefèvre · Chef de projet e-commerce · Digital · hugo@x.example",
        "Zoé Petit-Roux · Responsable du service clients · Clientèle · zoe@x.example",
    ],
    "nom_marital.csv": [
        "Léa MARTIN · DSI · Systèmes d'information · lea@x.example",
        "Hugo LEFEVRE · Directeur commercial · Ventes · hugo@x.example",
    ],
    "nom_prenom_mac.csv": [
        "Léa MARTIN · DSI · Systèmes d’information · lea@x.example",
        "Hugo LEFÈVRE · Directeur e-commerce · Développement · hugo@x.example",
        "Anne-Sophie DE LA TOUR · DAF · Finances · as@x.example",
    ],
    "organigramme.xlsx": [
        "Ana Ruiz · Directrice e-commerce · Digital · ana@x.example",
        "Bo Li · Responsable marketplace · Digital · bo@x.example",
        "Léa Martin · DSI · SI · lea@x.example",
        "Zoé Petit · Architecte SI · SI · zoe@x.example",
    ],
    "outlook_de.csv": [ANNA.format("Vertriebsleiterin"), JOERG],
    "outlook_en.csv": [ANA, BO],
    "outlook_fr.csv": [
        "Ana Ruiz · Directrice e-commerce · Digital · ana@x.example",
        "Bo Li · DSI · SI · bo@x.example",
    ],
    "personio.csv": [ANNA.format("Head of E-Commerce"), JOERG, "left: Uwe Groß"],
    "successfactors.csv": [ANA, BO, "left: Cy Roe"],
    "workday.xlsx": [
        "Ana Ruiz · VP Ecommerce · Digital (Eve Roy) · ana@x.example",
        "Bo Li · CTO · IT (Eve Roy) · bo@x.example",
        "Jo Vance · Consultant · IT (Bo Li) · jo@agency.example · outside",
    ],
}


@pytest.fixture(scope="module")
def loaded(project):
    return load_engagement(project / "templates" / "engagements" / "maison-lorient.yaml")


def test_every_file_has_a_reading_and_there_are_enough():
    assert {file.name for file in FILES.iterdir()} == set(READ)
    assert len(READ) >= 20


@pytest.mark.parametrize("name", READ)
def test_a_list_of_people_needs_no_mapping_by_hand(name, loaded):
    grids = read_grids(FILES / name)
    assert kind_of(grids).kind is TableKind.PEOPLE
    listing = read_listing(FILES / name, grids, header, (), {})
    nobody = loaded.engagement.model_copy(update={"people": ()})
    listed = people_of(
        listing.rows[listing.index + 1 :],
        listing.columns,
        nobody,
        recogniser(loaded.rules),
        today=dt.date(2026, 11, 27),
    )
    told = [
        " · ".join([row.name, row.title, row.unit, row.email, *["outside"][: row.outside]])
        for row in listed.rows
    ]
    told += [f"left: {line.text.split(' · ')[0]}" for line in listed.left_out]
    assert told == READ[name]
