"""The words that RACI, DACI and RAPID matrices use, folded to plain lower case.

French matrices keep the letters R A C I (réalisateur, approbateur, consulté, informé), but
"responsable" may translate *responsible* or *accountable*, and some legends read A as "acteur".
A `Dialect` says which; it is settled from the words that the matrix itself uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbook.exchange.tables.words import fold, word_set

LETTERS = "ARCISVQ"
"""Accountable, Responsible, Consulted, Informed, Support, Verifier, Quality, in this order."""

RESPONSABLE = frozenset({"responsable", "responsables", "resp"})
DOERS = word_set(
    "realisateur realisateurs realisatrice realisatrices executant executants acteur acteurs"
)
ANSWERABLE = word_set(
    "accountable accountables approver approvers approbateur approbateurs approbatrice "
    "approbatrices autorite autorites redevable redevables garant garante garants imputable "
    "imputables accountability decideur decideurs valideur valideurs decisionnaire"
)
WORDS: dict[str, str] = {
    **dict.fromkeys(DOERS | word_set("responsible responsibles doer doers"), "R"),
    **dict.fromkeys(ANSWERABLE, "A"),
    **dict.fromkeys(word_set("consulted consultee consultees consulte consultes"), "C"),
    **dict.fromkeys(word_set("informed informe informee informes informees fyi"), "I"),
    **dict.fromkeys({"to be consulted", "a consulter"}, "C"),
    **dict.fromkeys({"to be informed", "a informer", "pour information"}, "I"),
    **dict.fromkeys(word_set("support supporting supportive supporter soutien appui"), "S"),
    **dict.fromkeys({"verifier", "verificateur"}, "V"),
    **dict.fromkeys({"quality reviewer"}, "Q"),
}
"""Words for a role wherever they stand: in a cell, a heading or a legend."""
VERBS: dict[str, str] = {
    **dict.fromkeys(word_set("does realise realisent execute real driver drivers"), "R"),
    **dict.fromkeys(word_set("approves approve approved approuve valide appr acc"), "A"),
    **dict.fromkeys({"consult", "consults", "to consult", "cons"}, "C"),
    **dict.fromkeys(word_set("contributor contributors contributeur contributeurs"), "C"),
    **dict.fromkeys({"inform", "informs", "to inform", "inf", "info"}, "I"),
    **dict.fromkeys({"supports", "supported by"}, "S"),
    **dict.fromkeys({"verifies", "verify", "verifie"}, "V"),
}
"""Words for a role in headings and legends only: in a cell they may name a task ("Approve")."""
RAPID: dict[str, str] = {
    **dict.fromkeys(word_set("recommend recommends recommender recommande recommandation"), "R"),
    **dict.fromkeys(word_set("agree agrees agreement accord"), "V"),
    **dict.fromkeys(word_set("perform performs performer execute realise"), "R"),
    **dict.fromkeys(word_set("input inputs contribution contribue"), "C"),
    **dict.fromkeys(word_set("decide decides decider decideur tranche"), "A"),
}
"""Words for the roles of a RAPID matrix, in headings and legends."""
MEANT: dict[str, dict[str, str]] = {
    "RACI": {},
    "DACI": {"D": "R"},
    "RAPID": {"R": "R", "A": "V", "P": "R", "I": "C", "D": "A"},
}
"""What the letters of other schemes mean in ours.

In RAPID whoever decides is accountable, and who recommends or performs does the work. An agreement
is a check that can stop a decision, an input is what the consulted give.
"""

NOTHING = word_set("- -- --- n o n/a na n.a. / . none s.o. s/o so aucun aucune neant") | {
    "",
    "sans objet",
}
"""What people write where a party has no part: not involved, none, omitted (the O of CAIRO)."""
NOBODY = (
    NOTHING
    | word_set("? ?? ??? tbd tbc tba nobody vacant unknown personne")
    | {
        "to be defined",
        "to be decided",
        "to be confirmed",
        "no one",
        "a definir",
        "a nommer",
        "a confirmer",
        "a completer",
    }
)
"""What people write where a name is still missing."""

TICKS = word_set("x ✓ ✔ ✗ ✘ √ • ● ■ yes no oui non 1 0")
"""Signs that a role applies, without saying to whom."""

TASK = word_set(
    "task tasks activity activities deliverable deliverables process processes step steps "
    "decision decisions milestone milestones item items topic topics action actions function "
    "functions work responsibility requirement requirements focal subject tache taches activite "
    "activites livrable livrables processus etape etapes jalon jalons sujet sujets fonction "
    "fonctions mission missions prestation prestations module chantier"
)
GROUP = word_set(
    "phase phases stage stages area areas domain domains category stream workstream lot lots "
    "week month sprint domaine domaines categorie semaine mois volet theme"
)
JOINS = word_set("of the de du des la le et and d l")
ASIDE = (GROUP | JOINS) | word_set(
    "note notes comment comments remark remarks commentaire commentaires remarque remarques "
    "observation observations description sla status statut priority priorite id ids n no nr num "
    "number numero ref reference wbs date dates deadline due start end echeance debut fin "
    "criticality criticite type class classe risk risque impact effort duration duree version "
    "source evidence frequency frequence total totals totaux count tool tools outil outils legend "
    "legende key rag raci rasci daci rapid letter lettre role roles who qui code codes"
)
PEOPLE = word_set(
    "role roles person persons people stakeholder stakeholders member members party parties actor "
    "actors resource resources who team teams department departments unit units function "
    "functions service services acteur acteurs personne personnes intervenant intervenants "
    "ressource ressources membre membres partie parties prenante prenantes qui equipe equipes "
    "direction directions departement departements"
)
"""Headings of a column that lists people: the matrix may be turned."""

_HYPHENS = re.compile(r"[‐‑‒–—−]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one matrix means: its scheme, the word "responsable", and the letters R and A."""

    responsable: str = "R"
    swapped: bool = False
    scheme: str = "RACI"

    @property
    def alphabet(self) -> str:
        """The letters that cells of this matrix may hold."""
        return LETTERS if self.scheme == "RACI" else self.scheme

    def letter(self, word: str) -> str:
        """The letter that a folded word stands for, or nothing."""
        if self.scheme == "RAPID" and word in RAPID:
            return RAPID[word]
        return self.responsable if word in RESPONSABLE else WORDS.get(word, "")

    def heading(self, word: str) -> str:
        """The letter that a folded word stands for in a heading or a legend, verbs included."""
        return self.letter(word) or VERBS.get(word, "")

    def meant(self, letter: str) -> str:
        """The letter in our sense of a letter as this matrix writes it."""
        swapped = {"R": "A", "A": "R"} if self.swapped else MEANT[self.scheme]
        return swapped.get(letter, letter)


_PAIR = re.compile(
    r"(?<![\w/])\W{0,3}([RACISVQDP])\W{0,3}\s*(?:=|:|->|→|-|\()\s*\W{0,3}([^\W\d_]+)"
)
_PAIR_BACK = re.compile(r"([^\W\d_]+)\s*\W{0,2}[=:(-]\W{0,3}([RACISVQDP])(?!\w)")


def legend_pairs(text: str) -> list[tuple[str, str]]:
    """Letters and folded role words that a legend such as `R = Responsible` ties together."""
    plain = _HYPHENS.sub("-", text)
    pairs = [(letter, fold(word)) for letter, word in _PAIR.findall(plain)]
    pairs += [(letter, fold(word)) for word, letter in _PAIR_BACK.findall(plain)]
    return [(letter, word) for letter, word in pairs if Dialect().heading(word) or word in RAPID]


def settle(texts: Iterable[str]) -> Dialect:
    """The dialect of a matrix, from all its texts: whole cells, headings and legend lines."""
    texts = list(texts)
    pairs: dict[str, str] = {}
    used: set[str] = set()
    for text in set(texts):
        # "Acteur" heads many a column of people: as a role it counts in a legend only.
        used.update(part.strip() for part in re.split(r"[/,;&+]", fold(text)) if part != "acteur")
        for letter, word in legend_pairs(text):
            pairs.setdefault(letter, word)
            used.add(word)
    answerable = bool(used & (ANSWERABLE | {"approuve"}))
    doer = bool(used & (DOERS | {"realise"}))
    scheme = _scheme(texts, used)
    plain = Dialect("A" if doer and not answerable else "R", scheme=scheme)
    meaning = {letter: plain.heading(word) for letter, word in pairs.items()}
    swapped = scheme == "RACI" and meaning.get("R") == "A" and meaning.get("A") == "R"
    return Dialect(plain.responsable, swapped, scheme)


def _scheme(texts: list[str], used: set[str]) -> str:
    """RACI, DACI or RAPID: by the words of headings and legends, else by the letters in cells."""
    verbs = {
        "recommend": {"recommend", "recommande", "recommender"},
        "decide": {"decide", "decider"},
    }
    verbs |= {"perform": {"perform", "performer", "execute"}, "agree": {"agree", "accord"}}
    if sum(bool(used & forms) for forms in verbs.values()) >= 3:  # noqa: PLR2004 - three of four
        return "RAPID"
    if used & {"driver", "drivers"} and used & {"approver", "approvers", "approbateur"}:
        return "DACI"
    marks = [part for text in texts for part in re.split(r"[/,;&+\s]+", text) if len(part) == 1]
    letters = {mark for mark in marks if mark.isalpha()}
    if "D" in letters and len(marks) > len("RACI"):
        return next((name for name in ("DACI", "RAPID") if {"A"} <= letters <= set(name)), "RACI")
    return "RACI"
