# ruff: noqa: E501 - samples are sentences
"""Every fragment on one page: the samples that snapshots, browser tests and people look at."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from tests.fragments import pieces as f
from workbook.i18n import voice
from workbook.model.evaluation import GateState, LevelSpan, Score, Status
from workbook.model.framework import Level, Severity
from workbook.model.ownership import Consensus

LEVELS = tuple(
    Level(
        key=key,
        title={"en": en, "fr": fr},
        help={"en": en, "fr": fr},
        start=start,
        sign=sign,
        tone=tone,
    )
    for key, en, fr, start, sign, tone in (
        ("not_ready", "Not ready", "Pas prêt", 0, "○", "not"),
        ("at_risk", "At risk", "À risque", 40, "▲", "risk"),
        ("nearly_ready", "Nearly ready", "Presque prêt", 65, "◆", "nearly"),
        ("ready", "Ready", "Prêt", 85, "✓", "ready"),
    )
)
FRAMEWORK = SimpleNamespace(levels=LEVELS, level={level.key: level for level in LEVELS}.__getitem__)
"""A framework as far as fragments look into one: its levels."""

WORDS = {
    "headline": ("Two systems have no owner, and nobody speaks for finance", "Deux systèmes n’ont pas de responsable, et personne ne porte la voix de la direction financière"),
    "said": (
        "Experience is in good hands. Technology is held back by the order management system and the ERP, which nobody answers for although they set the date. The CFO has not joined a checkpoint since kick-off.",
        "L’expérience est entre de bonnes mains. La technologie est freinée par le système de gestion des commandes et l’ERP, dont personne ne répond alors qu’ils fixent la date. Le DAF n’a participé à aucun point d’étape depuis le lancement.",
    ),
    "Maison Lorient · who owns the commerce programme": ("Maison Lorient · who owns the commerce programme", "Maison Lorient · qui pilote le programme e-commerce"),
    "23 November 2026 · 25 respondents": ("23 November 2026 · 25 respondents", "23 novembre 2026 · 25 répondants"),
    "Experience": ("Experience", "Expérience"), "Technology": ("Technology", "Technologie"), "Sponsor": ("Executive sponsor", "Sponsor exécutif"),
    "held1": ("no deputies for three of eight", "pas de suppléant pour trois sujets sur huit"),
    "held2": ("OMS and ERP without owner · IT in from day one unknown", "OMS et ERP sans responsable · implication de la DSI dès le premier jour inconnue"),
    "held3": ("checkpoints stop four months before go-live", "les points d’étape s’arrêtent quatre mois avant la mise en production"),
    "Named": ("Named", "Désigné"), "Clear": ("Clear", "Sans équivoque"), "Fitting": ("Fitting", "Adapté"), "Backed up": ("Backed up", "Suppléé"), "Committed": ("Committed", "Engagé"),
    "assortment": ("Product assortment", "Assortiment de produits"), "inventory": ("Inventory visibility", "Visibilité des stocks"), "complaints": ("Customer complaints", "Réclamations clients"),
    "checkpoints": ("checkpoints", "points d’étape"),
    "updates": ("Real-time order updates", "Mises à jour des commandes en temps réel"), "oms": ("Order management system", "Système de gestion des commandes"), "erp": ("ERP", "ERP"),
    "prep": ("Preparation of the back-office systems", "Préparation des systèmes back-office"), "invest": ("Investment decision", "Décision d’investissement"), "csp": ("Customer service platform", "Plateforme de service client"),
    "a1": ("Name the accountable owner of the order management system", "Désigner le responsable du système de gestion des commandes"),
    "a2": ("Extend the monthly checkpoint to go-live; invite the CFO", "Prolonger le point d’étape mensuel jusqu’à la mise en production ; y convier le DAF"),
    "a3": ("Decide who answers for inventory visibility (13 say Inès, 9 say Marc)", "Trancher qui répond de la visibilité des stocks (13 disent Inès, 9 disent Marc)"),
    "sc": ("Steering committee", "Comité de pilotage"),
    "Owners": ("Who owns what", "Qui pilote quoi"), "First": ("Do this first", "À faire en premier"), "Why": ("Where the 65 points come from", "D’où viennent les 65 points"),
    "Time": ("The ERP arrives three weeks after go-live, and checkpoints stop in February", "L’ERP arrive trois semaines après la mise en production et les points d’étape s’arrêtent en février"),
    "Heat": ("How each area meets each criterion", "Comment chaque domaine satisfait chaque critère"), "Area": ("Area", "Domaine"), "Overall": ("Overall", "Ensemble"),
    "Votes": ("Who is named, and how often", "Qui est cité, et combien de fois"),
    "nobody": ("nobody", "personne"), "Findings": ("What we found", "Nos constats"), "Gates": ("Conditions that hold the level", "Conditions qui retiennent le niveau"),
    "g1": ("IT contacts are involved from day one", "Les interlocuteurs DSI sont impliqués dès le premier jour"), "g2": ("The investment decision has an owner", "La décision d’investissement a un responsable"), "g3": ("The order management system has an owner", "Le système de gestion des commandes a un responsable"),
    "f1": ("Nobody owns the order management system", "Personne ne pilote le système de gestion des commandes"), "f1e": ("It dictates the timeline, and two respondents of three say that nobody answers for it.", "Il dicte le calendrier, et deux répondants sur trois disent que personne n’en répond."),
    "ev1": ("Sofia Marin (CIO): nobody", "Sofia Marin (DSI) : personne"), "ev2": ("Lee Park (integrator): nobody, “we only run it”", "Lee Park (intégrateur) : personne, « nous l’exploitons seulement »"), "ev3": ("Ana Ruiz: don’t know", "Ana Ruiz : ne sait pas"),
    "f2": ("Two people are named for inventory visibility", "Deux personnes sont citées pour la visibilité des stocks"), "f2e": ("13 of 22 say Inès Carrel, 9 say Marc Oudin.", "13 sur 22 disent Inès Carrel, 9 disent Marc Oudin."),
    "f3": ("Three owners have no deputy", "Trois responsables n’ont pas de suppléant"), "f4": ("“Head of Sales” is not a typical title for Experience", "« Directeur commercial » n’est pas une fonction type pour l’expérience"),
    "Method": ("How to read this", "Comment lire ce document"), "Portfolio": ("Portfolio", "Portefeuille"),
    "hist": ("Half of the 240 engagements lie between 48 and 71", "La moitié des 240 missions se situe entre 48 et 71"),
    "rank": ("The first three cannot be told apart; the last is clearly last", "Les trois premières sont indiscernables ; la dernière l’est nettement"),
    "exp_team": ("Digital", "Digital"), "it_team": ("IT", "DSI"), "out_team": ("", ""), "board": ("Board", "CODIR"),
}  # fmt: skip


def score(low, point, high, status=Status.SCORED):
    return Score(low, point, high, status)


OVERALL = score(53.75, 65.21, 71.25)
SPAN = LevelSpan("at_risk", "nearly_ready", "nearly_ready", confirmed=False)
RISK = LevelSpan("at_risk", "at_risk", "at_risk", confirmed=True)
NEARLY = LevelSpan("nearly_ready", "nearly_ready", "nearly_ready", confirmed=True)
INDICATIVE = score(20.2, 61, 88.4, Status.INDICATIVE)
UNSCORED = score(0, None, 100, Status.NOT_SCORED)
OUT_OF_SCOPE = score(None, None, None, Status.NOT_APPLICABLE)


class Samples:
    """The samples in one language."""

    def __init__(self, language):
        self.voice = voice(language)
        self._index = 0 if language == "en" else 1

    def w(self, key):
        return WORDS[key][self._index]

    def areas(self):
        w = self.w
        return (
            f.AreaLine(w("Experience"), score(68.33, 79.38, 80), NEARLY, w("held1")),
            f.AreaLine(w("Technology"), score(39.17, 51.04, 62.5), SPAN, w("held2")),
            f.AreaLine(w("Sponsor"), score(55, 66, 71), RISK, w("held3")),
        )

    def actions(self):
        w = self.w
        return (
            f.ActionLine(w("a1"), "Sofia Marin, CIO", dt.date(2026, 12, 4), 1, 15.42, w("f1")),
            f.ActionLine(w("a2"), "Paul Ney, CEO", dt.date(2026, 12, 11), 4, 8.1),
            f.ActionLine(w("a3"), w("sc"), dt.date(2026, 12, 11), 20, 4.66),
        )

    def map(self):
        w = self.w
        parties = (
            f.MapParty("ines", "Inès Carrel", w("exp_team")), f.MapParty("marc", "Marc Oudin", w("exp_team")),
            f.MapParty("ana", "Ana Ruiz", w("exp_team")), f.MapParty("sofia", "Sofia Marin", w("it_team")),
            f.MapParty("lee", "Lee Park", w("it_team"), outside=True), f.MapParty("paul", "Paul Ney", w("board")),
        )  # fmt: skip
        row, t = f.MapRow, self.voice.t

        def votes(votes, total):
            return t("{votes} of {total}", votes=votes, total=total)

        nobody, decided = (
            t("nobody accountable"),
            t("decided {date}", date=self.voice.date(dt.date(2026, 11, 12), "day")),
        )
        contested = t("{votes} of {total}, contested", votes=13, total=22)
        return f.MapTable(
            w("Owners"),
            parties,
            (
                f.MapArea(w("Experience"), (
                    row(w("assortment"), (("ines", ("A",)), ("marc", ("D",)), ("ana", ("C",)), ("paul", ("I",))), "owned", votes(22, 25)),
                    row(w("inventory"), (("ines", ("A",)), ("marc", ("A",)), ("ana", ("C",)), ("sofia", ("R",))), "contested", contested),
                    row(w("complaints"), (("ines", ("I",)), ("ana", ("R", "A"))), "owned", votes(24, 25)),
                    row(w("updates"), (), "open", t("not answered yet")),
                )),
                f.MapArea(w("Technology"), (
                    row(w("oms"), (("marc", ("C",)), ("sofia", ("R",)), ("lee", ("R",))), "orphan", nobody),
                    row(w("erp"), (("lee", ("R",)),), "orphan", nobody),
                    row(w("prep"), (("sofia", ("A",)), ("lee", ("R",))), "owned", votes(8, 9)),
                )),
                f.MapArea(w("Sponsor"), (
                    row(w("invest"), (("sofia", ("C",)), ("paul", ("A",))), "owned", decided),
                )),
            ),
        )  # fmt: skip

    def wide_map(self, people):
        names = ["Inès Carrel", "Marc Oudin", "Ana Ruiz", "Sofia Marin", "Lee Park", "Paul Ney", "Théo Blanc",
                 "Maximilienne Vandenbroucke", "Jo Ek", "Nora Haddad", "Łukasz Wójcik", "Customer care team"]  # fmt: skip
        parties = tuple(
            f.MapParty(
                f"p{i}",
                names[i % len(names)],
                f"{self.w('it_team')} {i // 6 + 1}",
                outside=i % 7 == 4,
            )
            for i in range(people)
        )
        keys = (
            "assortment",
            "inventory",
            "complaints",
            "updates",
            "oms",
            "erp",
            "csp",
            "prep",
            "invest",
        )
        rows = tuple(
            f.MapRow(
                self.w(key),
                tuple((f"p{(j * 5 + k) % people}", (letter,)) for k, letter in enumerate("ARDCI")),
                "owned", self.voice.t("{votes} of {total}", votes=9, total=9),
            )
            for j, key in enumerate(keys)
        )  # fmt: skip
        return f.MapTable(self.w("Owners"), parties, (f.MapArea(self.w("Experience"), rows),))

    def heat(self):
        w, cell = self.w, f.HeatCell
        rows = (
            f.HeatRow(w("Experience"), (cell(100, 88, 100), cell(85, 70, 92), cell(50, 30, 80), cell(62.5, 60, 70), cell(50, 50, 50))),
            f.HeatRow(w("Technology"), (cell(66.7, 55, 80), cell(33.3, 33.3, 66.7), cell(50, 20, 85), cell(50, 40, 60), cell(None, 0, 100))),
            f.HeatRow(w("Sponsor"), (cell(100, 100, 100), cell(88), cell(None, applies=False), cell(70), cell(41.5, 38, 55))),
            f.HeatRow(w("Overall"), (cell(86), cell(65), cell(50), cell(61), cell(45)), total=True),
        )  # fmt: skip
        columns = tuple(map(w, ("Named", "Clear", "Fitting", "Backed up", "Committed")))
        steps = f.level_steps(FRAMEWORK, self.voice)
        return f.HeatMap(w("Heat"), w("Area"), columns, (f.HeatGroup("", rows),), steps)

    def timeline(self):
        w, day = self.w, dt.date
        checkpoints = (
            day(2026, 9, 14),
            day(2026, 10, 12),
            day(2026, 11, 9),
            day(2027, 1, 18),
            day(2027, 2, 15),
        )
        return f.Timeline(
            w("Time"), day(2026, 9, 1), day(2026, 11, 23), day(2027, 6, 15),
            (
                f.SystemDate(w("oms"), day(2027, 3, 31)),
                f.SystemDate(w("erp"), day(2027, 7, 6), 21),
                f.SystemDate(w("csp"), None),
                f.SystemDate("PIM", day(2027, 6, 10)),
            ),
            checkpoints,
            (f.Gap(day(2026, 11, 9), day(2027, 1, 18)), f.Gap(day(2027, 2, 15), day(2027, 6, 15))),
            w("checkpoints"),
        )  # fmt: skip

    def votes(self):
        w, share, row = self.w, f.Share, f.VoteRow
        return (
            f.VoteGroup(w("Experience"), (
                row(w("assortment"), 25, (share("Inès Carrel", 22), share("Marc Oudin", 3)), Consensus.AGREED),
                row(w("inventory"), 22, (share("Inès Carrel", 11), share("Marc Oudin", 6), share("Ana Ruiz", 2), share("Théo Blanc", 2), share(w("nobody"), 1, nobody=True)), Consensus.SCATTERED),
                row(w("complaints"), 2, (share("Ana Ruiz", 2),), Consensus.TOO_FEW),
            )),
            f.VoteGroup(w("Technology"), (
                row(w("oms"), 8, (share(w("nobody"), 7, nobody=True), share("Sofia Marin", 1)), Consensus.NOBODY),
                row(w("prep"), 3, (), Consensus.WITHHELD),
            )),
        )  # fmt: skip

    def findings(self):
        w, card = self.w, f.FindingCard
        return (
            card(Severity.CRITICAL, w("f1"), w("f1e"), f"{w('Technology')} · {w('oms')}", (w("ev1"), w("ev2"), w("ev3")), w("a1")),
            card(Severity.HIGH, w("f2"), w("f2e"), f"{w('Experience')} · {w('inventory')}", tuple(f"{w('ev3')} {i}" for i in range(1, 7)), w("a3")),
            card(Severity.MEDIUM, w("f3"), where=w("Experience")),
            card(Severity.LOW, w("f4"), where=w("Experience")),
        )  # fmt: skip

    def gates(self):
        w, line = self.w, f.GateLine
        risk = LEVELS[1].title[self.voice.language]
        return (
            line(w("g3"), GateState.TRIPPED, risk, w("ev1")),
            line(w("g1"), GateState.UNDETERMINED, risk),
            line(w("g2"), GateState.PASSED, risk),
        )

    def why(self):
        w, row = self.w, f.WhyRow
        return (
            f.WhyGroup(
                w("Named"),
                (row(w("assortment"), 1, 15, 0, "22 / 25"), row(w("oms"), 2 / 3, 12.5, 6.25)),
            ),
            f.WhyGroup(
                w("Clear"), (row(w("assortment"), 1, 12.5, 0), row(w("oms"), 1 / 3, 5.21, 10.42))
            ),
            f.WhyGroup(w("Fitting"), (row(w("oms"), 0.5, 5.63, 5.62),)),
            f.WhyGroup(w("Backed up"), (row(w("oms"), 0.55, 9.38, 7.5),)),
            f.WhyGroup(w("Committed"), (row(w("g1"), 0.5, 5, 5), row(w("g2"), None, 0, 0))),
        )

    def ranks(self):
        return tuple(
            f.Ranked(*r)
            for r in (
                ("Maison Lorient", 1, 1, 3, True), ("Hansen Industrietechnik GmbH", 2, 1, 4), ("Atelier Bréhat", 3, 1, 5),
                ("Nordlys", 4, 3, 6), ("Établissements Vandenbroucke et Fils, distribution", 5, 4, 6), ("Plume & Cie", 9, 9, 9),
            )
        )  # fmt: skip

    def bins(self):
        counts = (2, 5, 11, 24, 38, 52, 61, 30, 13, 4)
        return tuple(f.Bin(10 * i, 10 * i + 10, n) for i, n in enumerate(counts))


def pieces(language):
    """Every fragment by name, in the order of a report."""
    s = Samples(language)
    v, w = s.voice, s.w
    chips = [f.level_chip(FRAMEWORK, span, v, state=True) for span in (SPAN, RISK, NEARLY, None)]
    chips += [f.severity_chip(one, v) for one in Severity] + [
        f.gate_chip(one, v) for one in GateState
    ]
    chips.append(f.chip("+9.4", "nearly", ""))
    figures = (
        f.KeyFigure(v.number(25), w("Owners")),
        f.KeyFigure("2", w("f1"), w("Technology"), "not"),
        f.KeyFigure(v.percent(0.86), w("Votes")),
        f.KeyFigure(v.number(12431), w("Findings")),
    )
    return {
        "masthead": f.masthead(w("Maison Lorient · who owns the commerce programme"), w("23 November 2026 · 25 respondents")),
        "areas": f.areas_table(FRAMEWORK, s.areas(), v),
        "actions": f.tag("h2", w("First")) + f.actions_table(s.actions(), v),
        "map": f.tag("h2", w("Owners")) + f.ownership_map(s.map(), v),
        "figures": f.key_figures(figures),
        "chips": f.tag("p", f.join(chips, " ")),
        "scores": f.tag("div", [f.score_figure(one, v, small=True) for one in (INDICATIVE, UNSCORED, OUT_OF_SCOPE)], class_="columns"),
        "why": f.tag("h2", w("Why")) + f.why_table(w("Why"), s.why(), v),
        "waterfall": f.waterfall(w("Why"), s.why(), v),
        "heat": f.tag("h2", w("Heat")) + f.heat_map(s.heat(), v),
        "timeline": f.tag("h2", w("Time")) + f.timeline(s.timeline(), v),
        "agreement": f.tag("h2", w("Votes")) + f.agreement_bars(w("Votes"), s.votes(), v),
        "gates": f.tag("h2", w("Gates")) + f.gates_list(s.gates(), v),
        "findings": f.tag("h2", w("Findings")) + f.findings_list(s.findings(), v),
        "method": f.method_box(w("Method"), ((w("Named"), w("f1")), (w("Backed up"), w("f2e"))), (w("said"),)),
        "map12": f.tag("h2", w("Owners") + " (12)") + f.ownership_map(s.wide_map(12), v),
        "map60": f.tag("h2", w("Owners") + " (60)") + f.ownership_map(s.wide_map(60), v),
        "portfolio": f.tag("h2", w("Portfolio")) + f.histogram(w("hist"), s.bins(), v, mark=("Maison Lorient", 65.2))
        + f.rank_intervals(w("rank"), s.ranks(), v) + f.tag("p", "Maison Lorient ", f.sparkline("54, 58, 65", (54, 58, 65))),
        "empty": f.findings_list((), v) + f.actions_table((), v) + f.gates_list((), v),
        "colophon": f.colophon("commerce 1.0.0", w("Method")),
    }  # fmt: skip


def page(language, theme):
    """The whole gallery as one self-contained document."""
    title = f.tag("h1", "Gallery")
    body = f.article("Gallery", language, title, *pieces(language).values())
    return f.document("Gallery", language, body, theme=theme)
