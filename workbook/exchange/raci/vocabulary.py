"""The words that RACI, DACI, RAPID and DEMI matrices use, folded to plain lower case.

French matrices keep the letters R A C I (réalisateur, approbateur, consulté, informé), but
"responsable" may translate *responsible* or *accountable*, and some legends read A as "acteur".
German ones write V A K I as well, and "verantwortlich" is as open. A `Dialect` says what is meant;
it is settled from the words and the legend of the matrix itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbook.exchange.tables.words import fold, word_set

LETTERS = "ARCISVQ"
"""Accountable, Responsible, Consulted, Informed, Support, Verifier, Quality, in this order."""

RESPONSABLE = word_set(
    "responsable responsables resp verantwortlich verantwortliche verantwortlicher verantwortung"
)
DOERS = word_set(
    "realisateur realisateurs realisatrice realisatrices executant executants acteur acteurs "
    "durchfuhrend durchfuhrende durchfuhrender ausfuhrend ausfuhrende ausfuhrender umsetzend "
    "durchfuhrungsverantwortlich durchfuhrungsverantwortliche durchfuhrungsverantwortlicher "
    "durchfuhrungsverantwortung umsetzungsverantwortlich umsetzungsverantwortung"
)
ANSWERABLE = word_set(
    "accountable accountables approver approvers approbateur approbateurs approbatrice "
    "approbatrices autorite autorites redevable redevables garant garante garants imputable "
    "imputables accountability decideur decideurs valideur valideurs decisionnaire authority "
    "rechenschaftspflichtig rechenschaftspflichtige rechenschaftspflichtiger entscheider "
    "gesamtverantwortlich gesamtverantwortliche gesamtverantwortung genehmiger "
    "ergebnisverantwortlich ergebnisverantwortliche ergebnisverantwortung kostenverantwortung"
)
WORDS: dict[str, str] = {
    **dict.fromkeys(DOERS | word_set("responsible responsibles doer doers"), "R"),
    **dict.fromkeys(ANSWERABLE, "A"),
    **dict.fromkeys(word_set("consulted consultee consultees consulte consultes"), "C"),
    **dict.fromkeys(word_set("konsultiert konsultierte konsultierter"), "C"),
    **dict.fromkeys(word_set("informed informe informee informes informees fyi"), "I"),
    **dict.fromkeys(word_set("informiert informierte informierter"), "I"),
    **dict.fromkeys({"to be consulted", "a consulter", "zu konsultieren"}, "C"),
    **dict.fromkeys({"to be informed", "a informer", "pour information", "zu informieren"}, "I"),
    **dict.fromkeys(word_set("support supporting supportive supporter soutien appui"), "S"),
    **dict.fromkeys(word_set("unterstutzend unterstutzung"), "S"),
    **dict.fromkeys({"verifier", "verificateur"}, "V"),
    **dict.fromkeys({"quality reviewer"}, "Q"),
}
"""Words for a role wherever they stand: in a cell, a heading or a legend."""
VERBS: dict[str, str] = {
    **dict.fromkeys(word_set("does realise realisent execute real driver drivers"), "R"),
    **dict.fromkeys(word_set("pilote pilotes durchfuhrung ausfuhrung umsetzung"), "R"),
    **dict.fromkeys(word_set("approves approve approved approuve valide appr acc approving"), "A"),
    **dict.fromkeys(
        word_set("approval approbation validation freigabe genehmigung genehmigt"), "A"
    ),
    **dict.fromkeys(
        {"sign-off", "signoff", "sign off", "signs off", "signed off", "decision finale"}, "A"
    ),
    **dict.fromkeys({"final decision", "entscheidet", "endentscheidung"}, "A"),
    **dict.fromkeys({"consult", "consults", "to consult", "cons"}, "C"),
    **dict.fromkeys(word_set("contributor contributors contributeur contributeurs"), "C"),
    **dict.fromkeys(word_set("konsultation beratend beratung mitwirkend mitwirkung"), "C"),
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
DEMI = {"durchfuhrung": "R", "entscheidung": "A", "information": "I"}
DEMI |= dict.fromkeys(word_set("mitarbeit mitwirkung"), "C")
"""Words for the roles of a DEMI matrix, in headings and legends."""
OWN_WORDS = {"RAPID": RAPID, "DEMI": DEMI}
"""Words that mean a role in one scheme only."""
MEANT: dict[str, dict[str, str]] = {
    "RACI": {},
    "DACI": {"D": "R"},
    "RAPID": {"R": "R", "A": "V", "P": "R", "I": "C", "D": "A"},
    "VAKI": {"V": "R", "K": "C"},
    "DEMI": {"D": "R", "E": "A", "M": "C"},
}
"""What the letters of other schemes mean in ours, where no legend says so.

In RAPID whoever decides is accountable, and who recommends or performs does the work. An agreement
is a check that can stop a decision, an input is what the consulted give.
"""
FOREIGN = "DPKEM"
"""Letters of other schemes than RACI and its relatives."""

NOTHING = word_set("- -- --- n o n/a na n.a. / . none s.o. s/o so aucun aucune neant") | {
    "",
    "sans objet",
}
"""What people write where a party has no part: not involved, none, omitted (the O of CAIRO)."""
NOBODY = (
    NOTHING
    | word_set("? ?? ??? tbd tbc tba nobody vacant unknown personne offen")
    | {
        "to be defined",
        "to be decided",
        "to be confirmed",
        "no one",
        "noch offen",
        "n. n.",
        "zu klaren",
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
    "fonctions mission missions prestation prestations module chantier aufgabe aufgaben tatigkeit "
    "tatigkeiten aktivitat aktivitaten prozess prozesse schritt schritte arbeitspaket thema themen "
    "ergebnis ergebnisse entscheidung entscheidungen meilenstein"
)
GROUP = word_set(
    "phase phases stage stages area areas domain domains category stream workstream lot lots "
    "week month sprint domaine domaines categorie semaine mois volet theme "
    "bereich teilprojekt"
)
JOINS = word_set("of the de du des la le et and d l")
ASIDE = (GROUP | JOINS) | word_set(
    "note notes comment comments remark remarks commentaire commentaires remarque remarques "
    "observation observations description sla status statut priority priorite id ids n no nr num "
    "number numero ref reference wbs date dates deadline due start end echeance debut fin "
    "criticality criticite type class classe risk risque impact effort duration duree version "
    "source evidence frequency frequence total totals totaux count tool tools outil outils legend "
    "legende key rag raci rasci daci rapid letter lettre role roles who qui code codes "
    "bemerkung bemerkungen anmerkung anmerkungen kommentar beschreibung termin frist datum lfd "
    "prioritat summe gesamt"
)
PEOPLE = word_set(
    "role roles name names nom noms person persons people stakeholder stakeholders member members "
    "party parties actor "
    "actors resource resources who team teams department departments unit units function "
    "functions service services acteur acteurs personne personnes intervenant intervenants "
    "ressource ressources membre membres partie parties prenante prenantes qui equipe equipes "
    "direction directions departement departements rolle rollen abteilung abteilungen personen wer "
    "beteiligte beteiligter stelle"
)
"""Headings of a column that lists people: the matrix may be turned."""

_HYPHENS = re.compile(r"[‐‑‒–—−]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one matrix means: its scheme, the word "responsable", and what its legend says."""

    responsable: str = "R"
    scheme: str = "RACI"
    legend: tuple[tuple[str, str], ...] = ()
    """Letters of this matrix with ours, where its legend explains them."""

    @property
    def alphabet(self) -> str:
        """The letters that cells of this matrix may hold."""
        usual = LETTERS if self.scheme == "RACI" else self.scheme
        return usual + "".join(letter for letter, _ in self.legend if letter not in usual)

    def letter(self, word: str) -> str:
        """The letter that a folded word stands for, or nothing."""
        if word in (own := OWN_WORDS.get(self.scheme, {})):
            return own[word]
        return self.responsable if word in RESPONSABLE else WORDS.get(word, "")

    def heading(self, word: str) -> str:
        """The letter that a folded word stands for in a heading or a legend, verbs included."""
        return self.letter(word) or VERBS.get(word, "")

    def meant(self, letter: str) -> str:
        """The letter in our sense of a letter as this matrix writes it."""
        return (MEANT[self.scheme] | dict(self.legend)).get(letter, letter)


_PAIR = re.compile(
    r"(?<![\w/])\W{0,3}([RACISVQDPKEM])\W{0,3}\s*(?:=|:|->|→|-|\()\s*\W{0,3}([^\W\d_]+)"
)
_PAIR_BACK = re.compile(r"([^\W\d_]+)\s*\W{0,2}[=:(-]\W{0,3}([RACISVQDPKEM])(?!\w)")


def legend_pairs(text: str) -> list[tuple[str, str]]:
    """Letters and folded role words that a legend such as `R = Responsible` ties together."""
    plain = _HYPHENS.sub("-", text)
    pairs = [(letter, fold(word)) for letter, word in _PAIR.findall(plain)]
    pairs += [(letter, fold(word)) for word, letter in _PAIR_BACK.findall(plain)]
    return [(letter, word) for letter, word in pairs if is_role(word)]


def is_role(word: str) -> bool:
    """Whether a folded word names a role in any scheme."""
    return bool(Dialect().heading(word)) or any(word in own for own in OWN_WORDS.values())


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
    answerable = bool(used & (ANSWERABLE | {"approuve", "genehmigung", "freigabe"}))
    doer = bool(used & (DOERS | {"realise", "durchfuhrung", "ausfuhrung", "umsetzung"}))
    plain = Dialect("A" if doer and not answerable else "R", _scheme(texts, used))
    meaning = {letter: plain.heading(word) for letter, word in pairs.items()}
    # A legend counts where it tells one accountable and somebody who does the work.
    clear = [*meaning.values()].count("A") == 1 and "R" in meaning.values()
    legend = sorted(meaning.items()) if clear and plain.scheme != "RAPID" else ()
    return Dialect(plain.responsable, plain.scheme, tuple(legend))


def _scheme(texts: list[str], used: set[str]) -> str:
    """Which scheme: by the words of headings and legends, else by the letters in cells."""
    verbs = {
        "recommend": {"recommend", "recommande", "recommender"},
        "decide": {"decide", "decider"},
    }
    verbs |= {"perform": {"perform", "performer", "execute"}, "agree": {"agree", "accord"}}
    if sum(bool(used & forms) for forms in verbs.values()) >= 3:  # noqa: PLR2004 - three of four
        return "RAPID"
    if {"durchfuhrung", "entscheidung"} <= used and used & {"mitarbeit", "mitwirkung"}:
        return "DEMI"
    if used & {"driver", "drivers"} and used & {"approver", "approvers", "approbateur"}:
        return "DACI"
    marks = [part for text in texts for part in re.split(r"[/,;&+\s]+", text) if len(part) == 1]
    letters = {mark for mark in marks if mark.isalpha()}
    schemes = {"DACI": "AD", "RAPID": "AD", "DEMI": "DE", "VAKI": "AVK"}
    if len(marks) > len("RACI"):
        fitting = (name for name, signs in schemes.items() if set(signs) <= letters <= set(name))
        return next(fitting, "RACI")
    return "RACI"
