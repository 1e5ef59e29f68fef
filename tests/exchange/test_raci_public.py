"""Matrices as they are kept in public, good and bad, that nobody here wrote.

Each case names the repository and path whose structure and defects it has. Labels, names and
numbers are ours; the rows are fewer.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.raci_writing import write_xlsx
from workbook.exchange.raci import read_matrix, review

MATRICES = Path(__file__).parent / "matrices"

FILES = {
    # A picture of a table with names under roles. Most rows have no approver, some rows say
    # two things of one party. One empty row was added, which the playbook's text warns of.
    "commerce_programme.md": (
        "AdobeDocs/commerce-operations.en: help/assets/playbooks/raci.svg",
        {"no_accountable": 13, "empty_row": 1, "two_letters": 5},
    ),
    # Section rows that look like any other row: in CSV they are empty rows.
    "hosting_split.csv": (
        "Stephnrl/my_stuff: raci.csv",
        {"empty_row": 4, "note": 10},
    ),
    # French; sections in bold capitals, blanks where nobody thought, one manager signs it all.
    "centre_de_formation.md": (
        "hajjouhajar/teamelghazi-os: docs/raci.md",
        {"no_accountable": 6, "overloaded_party": 1},
    ),
    # A legend as a table of its own, and a last row with one bar too many.
    "student_team.md": (
        "algosup/2023-2024-project-3-virtual-processor-team-8: Management/TeamManagement/racii.md",
        {"two_letters": 5, "note": 6},
    ),
    # A table of document data, numbered sections in plain type, letters in brackets, remarks.
    "security_processes.md": (
        "mojitba/ISMS-for-SoSecureSwitch: RACI.md",
        {"empty_row": 3, "no_responsible": 2, "no_accountable": 1, "overloaded_party": 1},
    ),
    # Three matrices in one file, two layouts, numbers in front, and tables that are none.
    "three_matrices.md": (
        "permotion/pmt_mlsecops: docs/raci.md",
        {"no_accountable": 3, "no_responsible": 1, "note": 5},
    ),
    # Sections of one cell, a column of service levels, dashes.
    "operations_contract.md": (
        "VidenGlobe/localch-adfeeder-docs: RACI.md",
        {"two_letters": 2, "note": 3},
    ),
    # French; nobody responsible wherever somebody decides.
    "projet_etudiant.md": (
        "mahirsenouci096-dotcom/git_mahir: RACI.md",
        {"no_accountable": 3, "no_responsible": 4},
    ),
    # Letters typed on a Cyrillic keyboard, commas in both orders.
    "lookalikes.md": (
        "ita-social-projects/VictoryCenter-Back (wiki): 1. RACI matrixes overview",
        {"two_letters": 3, "note": 5},
    ),
    # French; every label is bold, so bold says nothing; dashes; a row that nobody does.
    "usine.md": (
        "tsilavinajeanfredy-ui/ERP: RACI.md",
        {"no_accountable": 2, "no_responsible": 1, "note": 1},
    ),
    # Names with letters behind them; one name twice in a row.
    "requirements_team.md": (
        "trelearyan/ENGR302-Project: RACI.md",
        {"two_letters": 1, "note": 3},
    ),
    # A column of weeks before the one of tasks; three accountable in the last row.
    "milestones.md": (
        "BrianCLong/summit: docs/raci.md",
        {"no_accountable": 1, "several_accountable": 1, "no_responsible": 2},
    ),
    # Names under roles, clean.
    "housing_shop.csv": (
        "Divyapatel4518/Australian-Real-Estate-Housing-Market-Dashboard: RACI_Matrix.csv",
        {},
    ),
}

SHEETS = {
    "people above roles, merged sections, a legend at the side": (
        "June-Ruth/OC-Archi-Projet7: RACI.xlsx",
        [
            ["", "", "Rose K.", "<", "Paul D.", "<", "Intégrateur", "Clients", "", "", ""],
            ["", "", "Sponsor", "Clé web", "Pilote", "Clé web", "Bascule", "Pilote", "", "", ""],
            ["", "*#Jalon 1", "<", "<", "<", "<", "<", "<", "", "", ""],
            ["", "#Catalogue", "<", "<", "<", "<", "<", "<", "", "", ""],
            ["", "Déploiement", "*#I", "", "*#A", "", "*#R", "", "", "R", "Réalisateur"],
            ["", "Recette", "*#I", "*#R", "*#A", "", "", "", "", "A", "Approbateur"],
            ["", "Formation", "*#A", "", "*#I", "*#R", "", "", "", "C", "Consultant"],
            ["", "#Paiement", "<", "<", "<", "<", "<", "<", "", "", ""],
            ["", "Formation", "*#I", "", "*#I", "", "", "*#R", "", "I", "Informé"],
        ],
        {"no_accountable": 1},
        ("Sponsor", "Rose K. – Clé web", "Paul D. – Pilote", "Paul D. – Clé web", "Bascule",
         "Clients – Pilote"),
    ),
    "lots merged downwards, letters run together, estimates and their sums": (
        "Whytuck/SAE2.05: RACI.xlsx",
        [
            [],
            ["", "#Lots", "#Sous-lots", "#Jo - Pilote", "#Lou - Test", "#a", "#m", "#b"],
            ["", "Lot 1", "Lot 1.1 : Cadrage", "RA", "A", 1, 2, 3],
            ["", "^", "Lot 1.2 : Schéma", "RA", "", 2, 3, 4],
            ["", "Lot 2", "Lot 2.1 : Panier", "A", "RC", 1, 2, 2],
            ["", "^", "Lot 2.2 : Caisse", "CI", "R", 1, 2.5, 3],
            ["", "", "", "", "", 5, 9.5, 12],
        ],
        {"several_accountable": 1, "no_accountable": 1, "two_letters": 2, "note": 2},
        ("Jo - Pilote", "Lou - Test"),
    ),
    "a project plan with names under French roles, merged headings, bold chapters": (
        "GombertJ/IUT-2025-2026_SAE-302: RACI.xlsx",
        [
            ["*#Planification"],
            ["*Chef de projet", "", "N. Roux"],
            [],
            ["*#N°", "*#Titre de la tâche", "*#Responsable", "*#Approbateur", "*#Consulté",
             "*#Informé", "*#Fin"],
            ["^", "^", "^", "^", "^", "^", "^"],
            ["*#1", "*#Boutique", "*#R", "*#A", "*#C", "*#I", ""],
            [1.1, "Panier", "Nina", "Théo", "Groupe", "Groupe", "12/05"],
            [1.2, "Paiement", "Nina, Théo", "Nina", "", "Groupe", ""],
            ["*#2", "*#Entrepôt", "#", "#", "#", "#", ""],
            [2.1, "Stock", "Ali", "", "", "Groupe", ""],
        ],
        {"no_accountable": 1, "two_letters": 1, "note": 1},
        ("Nina", "Théo", "Groupe", "Ali"),
    ),
    "a title over everything, a status column, rows left blank, a letter of their own": (
        "ykatariya/Mustang-Bank-Project: RACI Matrix.xlsx",
        [
            ["*RACI Matrix", "*Roles and Responsibilities", "<", "<", "<"],
            ["", "*Responsible, Accountable, Consulted, Informed", "<", "<", "<"],
            [],
            ["*#Deliverable or Task", "*#Status", "*#Ines (CEO)", "*#Omar (Lead)", "*#Eve (Ops)"],
            ["*#Kick-off", "#", "#", "#", "#"],
            ["#Notice to proceed", "#Completed", "#", "#R", "#D"],
            ["#Budget", "#Completed", "#A", "#R", "#"],
            ["#Collect what exists", "#Completed", "#", "#", "#"],
            ["*#Phase 1", "#", "#", "#", "#"],
            ["#User stories", "#In progress", "#", "#I", "#C"],
        ],
        {"no_accountable": 2, "no_responsible": 1, "empty_row": 1},
        ("Ines (CEO)", "Omar (Lead)", "Eve (Ops)"),
    ),
    "a legend on top, tasks on two lines with their letters merged": (
        "alaaabden/Refeed-PM-project: raci.xlsx",
        [
            ["*#R - Responsible", "*#Completes the deliverable", "<", "<"],
            ["*#A - Accountable", "*#Has the last word", "<", "<"],
            ["*#Shop project", "*#Chair", "*#Buying", "*#IT"],
            ["*#PHASE 1", "#", "#", "#"],
            ["*#Task/Deliverable", "#", "#", "#"],
            ["#1- Sign ten suppliers", "*#I", "*#A", "*#R"],
            ["#", "#", "#", "#"],
            ["#2- Open the first shop within", "*#A", "*#C", "*#R"],
            ["#twelve months", "^", "^", "^"],
            ["#3- Halve the returns", "*#I", "*#I", "*#A"],
        ],
        {"no_responsible": 1},
        ("Chair", "Buying", "IT"),
    ),
    "two columns of text, groups over the parties, bold chapters": (
        "taarikakanauji/ba-documentation: RACI Matrix.xlsx",
        [
            ["", "", "#Management", "#Design", "<", "#IT", "<"],
            ["", "", "*CEO", "*Head of UX", "*Designers", "*Project Manager", "*QA"],
            ["#", "#", "#", "#", "#", "#", "#"],
            ["*Planning", "*Document", "", "", "", "", ""],
            ["– Scope", "Charter", "*C", "*C", "", "*R/A", "*I"],
            ["– Approval", "Sign-off", "*A", "*R", "", "*A", "*C"],
            ["*Design", "", "", "", "", "", ""],
            ["– Wireframes", "Mock-ups", "*I", "*A/C", "*R", "*I", ""],
            ["– Test plan", "Plan", "", "", "", "*A", "*A/R"],
        ],
        {"several_accountable": 2, "two_letters": 1, "note": 2},
        ("CEO", "Head of UX", "Designers", "Project Manager", "QA"),
    ),
    "N for not involved": (
        "Alifchow/RACI-Matrix: RACI.xlsx",
        [
            ["", "Ada", "Ben", "Cleo"],
            ["New features", "C", "A", "N"],
            ["Translations", "N", "N", "N"],
            ["Pitch", "N", "C", "R,I"],
        ],
        {"no_accountable": 1, "no_responsible": 1, "empty_row": 1, "two_letters": 1},
        ("Ada", "Ben", "Cleo"),
    ),
    "one merged heading over the columns of a person, one letter in each": (
        "iTrofa/HoneyMonit: RACI.xlsx",
        [
            ["*RACI"],
            [],
            ["#", "*#Tâche", "*#Statut", "*#Luc", "<", "<", "*#Karim", "<", "<"],
            ["#", "*#Phase 0", "#", "#", "#", "#", "#", "#", "#"],
            ["", "Ouvrir le dépôt", "Fait", "R", "A", "", "", "", "I"],
            ["", "Poser les règles", "En cours", "R", "A", "C", "R", "A", ""],
            [],
            ["*#R", "*Responsible", "Does the task"],
            ["*#A", "*Accountable", "Decides"],
        ],
        {"several_accountable": 1, "two_letters": 1, "note": 2},
        ("Luc", "Karim"),
    ),
    "headings and letters merged in pairs, chapters that have letters": (
        "Fede94MI/project: RACI.xlsx",
        [
            [],
            ["*#ATTIVITÀ", "<", "*#PROJECT MANAGER", "<", "*#TEAM LEADER", "<"],
            ["*#1-AVVIO", "<", "R", "<", "I", "<"],
            ["#INCONTRO", "<", "R", "<", "R", "<"],
            ["*#2-DATI", "<", "I", "<", "A", "<"],
        ],
        {"no_accountable": 2, "no_responsible": 1},
        ("PROJECT MANAGER", "TEAM LEADER"),
    ),
    "a count of letters below the matrix": (
        "C6WX/Year-2-Tools-and-Production: RACI.xlsx",
        [
            ["", "Kim", "Bram", "Zoe", "Oz", "Jo"],
            ["Shop page", "A", "R", "", "C", ""],
            ["Newsletter", "A", "A", "R", "", "I"],
            ["Photographs", "", "R", "", "", ""],
            [],
            ["", "A", "R", "C", "I", "TOTAL"],
            ["Kim", 2, 0, 0, 0, 2],
            ["Bram", 1, 2, 0, 0, 3],
        ],
        {"several_accountable": 1, "no_accountable": 1},
        ("Kim", "Bram", "Zoe", "Oz", "Jo"),
    ),
    "a letter more (Q) in lists of letters, headings merged downwards": (
        "NikiRadak/Upravljanje-GiS-projektima: RACI.xlsx",
        [
            ["", "*Projektni menadžer", "*Učesnici", "*Administracija"],
            ["*RACI - PROJEKAT", "^", "^", "^"],
            ["*1. Priprema", "R,A,C,Q", "R,I,Q", "C"],
            ["*2. Finalizacija", "A", "R", "/"],
        ],
        {"two_letters": 1},
        ("Projektni menadžer", "Učesnici", "Administracija"),
    ),
    "an acronym in the corner, a title, a blank line below it": (
        "vivimouret29/cahier_de_charge: raci.xlsx",
        [
            ["Qui ?"],
            [],
            ["RACI", "MOE (nous)", "AMOE", "MOA (client)"],
            ["besoin", "I", "I", "R/A"],
            ["coûts", "R/A", "A", "I"],
        ],
        {"several_accountable": 1, "note": 2},
        ("MOE (nous)", "AMOE", "MOA (client)"),
    ),
}  # fmt: skip


def counted(path: Path) -> dict[str, int]:
    return {kind: n for kind, n in review(read_matrix(path)).counts.items() if n}


@pytest.mark.parametrize("name", FILES)
def test_a_public_text_file_is_read_with_its_defects(name):
    _source, expected = FILES[name]
    assert counted(MATRICES / name) == expected


@pytest.mark.parametrize("name", SHEETS)
def test_a_public_workbook_is_read_with_its_defects(name, tmp_path):
    _source, rows, expected, parties = SHEETS[name]
    path = write_xlsx(tmp_path / "raci.xlsx", rows)
    assert read_matrix(path).parties == parties
    assert counted(path) == expected


def test_every_matrix_in_the_folder_is_a_case():
    assert {path.name for path in MATRICES.iterdir()} == set(FILES)
