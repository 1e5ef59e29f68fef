"""How the ownership of a focal point stands: a few words for a map, a chip for its card."""

from __future__ import annotations

from workbook.i18n import Voice
from workbook.model.engagement import NOBODY, VACANT, State, Team
from workbook.model.inherited import Inherited
from workbook.model.ownership import OwnershipState
from workbook.scoring.panel import Panel
from workbook.wording.fields import value_names
from workbook.wording.figures import votes_text
from workbook.wording.headings import absences
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases
from workbook.wording.states import Word, withheld_word


def ownership_note(phrases: Phrases, key: str) -> str:
    """What a map says beside the letters, which tell already whom it is about."""
    v, state = phrases.voice, phrases.ownership[key].state
    words = absences(v)
    by_itself = {
        OwnershipState.NOT_APPLICABLE: words["not_applicable"],
        OwnershipState.WITHHELD: words["withheld"],
        OwnershipState.ORPHAN: words["nobody"],
        OwnershipState.VACANT: words["nobody"],
    }
    if state in by_itself:
        return by_itself[state]
    decision = phrases.reading.decisions.get(key)
    if decision is not None and phrases.disclosure.decided(key):
        day = decision.decided_on
        return v.t("decided {date}", date=v.date(day, "day")) if day else ""
    agreement = phrases.agreement.get(key)
    if agreement is None or not agreement.shares:
        heir = phrases.inherited.get((key, None))
        if state is OwnershipState.OPEN and heir and heir.owner:
            return inherited_text(phrases, heir, phrases.party_label(heir.owner))
        return words["unanswered"] if state.family == "open" else ""
    return _tally(v, state, votes=agreement.shares[0][1], total=agreement.votes)


def family_words(voice: Voice) -> dict[str, Word]:
    """How subjects stand, by the family of their state: what a list is filtered by."""
    t, words = voice.t, absences(voice)
    return {
        "owned": Word(t("One owner"), "ready", "✓"),
        "contested": Word(t("Contested"), "risk", "≠"),
        "orphan": Word(capitalised(words["nobody"]), "not", "○"),
        "open": Word(t("Open"), "unknown", "…"),
        "out": Word(capitalised(words["not_applicable"]), "unknown", "–"),
    }


def _tally(voice: Voice, state: OwnershipState, **counts: int) -> str:
    """How many of the voices the largest group has, and what is wrong with that."""
    match state:
        case OwnershipState.GROUP:
            return voice.t("{votes} of {total}, no single owner", **counts)
        case OwnershipState.TWO_CAMPS:
            return voice.t("{votes} of {total}, two camps", **counts)
        case OwnershipState.CLAIMED:
            return voice.t("{votes} of {total}, too few votes", **counts)
        case OwnershipState.CONTESTED:
            return voice.t("{votes} of {total}, contested", **counts)
        case _:
            return votes_text(**counts, voice=voice)


def ownership_word(phrases: Phrases, key: str) -> Word:
    """Where it stands, with names: ruled out, unknown, decided, named by some, or open."""
    t = phrases.voice.t
    decision, panel = phrases.reading.decisions.get(key), phrases.reading.panels.get(key)
    if decision and decision.state == State.NOT_APPLICABLE:
        return Word(value_names(phrases.voice)[State.NOT_APPLICABLE], "unknown", "–")
    if decision and decision.owner and decision.state == State.ANSWERED:
        return _decided(phrases, decision.owner)
    if decision and decision.state == State.UNKNOWN:
        return Word(t("Nobody knows yet"), "unknown", "?")
    if panel and panel.votes:
        return _voiced(phrases, panel)
    later = decision is not None and decision.discuss_later
    heir = phrases.inherited.get((key, None))
    if heir and heir.owner and not later:
        return inherited_word(phrases, heir, phrases.party_label(heir.owner))
    return Word(t("To be discussed") if later else t("Not yet owned"), "unknown", "…")


def inherited_word(phrases: Phrases, heir: Inherited, settled: str) -> Word:
    """A chip for what a group has settled: open here, whoever it names."""
    return Word(inherited_text(phrases, heir, settled), "unknown", "⤷")


def inherited_text(phrases: Phrases, heir: Inherited, settled: str) -> str:
    """What a group has settled, and that it is the group's word."""
    return phrases.voice.t("{settled}, inherited from {group}", settled=settled, group=heir.group)


def _decided(phrases: Phrases, owner: str) -> Word:
    t, name = phrases.voice.t, phrases.party_label(owner)
    if owner in (NOBODY, VACANT):
        return Word(name, "not", "○")
    party = phrases.parties.get(owner)
    if isinstance(party, Team):
        if party.lead is None:
            return _leaderless(phrases, owner)
        text = t("{team} · lead {lead}", team=name, lead=phrases.party(party.lead))
        return Word(text, "ready", "✓")
    return Word(t("{name} · decided", name=name), "ready", "✓")


def _leaderless(phrases: Phrases, team: str) -> Word:
    return Word(phrases.voice.t("{team} · no lead", team=phrases.party(team)), "risk", "▲")


def _voiced(phrases: Phrases, panel: Panel) -> Word:
    """What the voices come to, as long as nobody has decided."""
    t, owned = phrases.voice.t, phrases.ownership[panel.focal_point.key]
    if owned.state is OwnershipState.WITHHELD:
        return withheld_word(phrases.voice)
    if owned.state.family == "orphan":
        nobody = VACANT if owned.state is OwnershipState.VACANT else NOBODY
        return Word(phrases.party_label(nobody), "not", "○")
    if owned.state is OwnershipState.GROUP and len(owned.owners) == 1:
        return _leaderless(phrases, owned.owners[0])
    if owned.state is not OwnershipState.AGREED and len(panel.shares) > 1:
        return _divided(phrases, panel)
    favourite, votes = panel.shares[0]
    text = t(
        "{name} · {votes} of {count} say so",
        name=phrases.party_label(favourite),
        votes=phrases.voice.number(votes),
        count=phrases.voice.number(len(panel.votes) + panel.unknown),
    )
    return Word(text, "nearly", "◆")


def _divided(phrases: Phrases, panel: Panel) -> Word:
    """Whom voices name that do not agree."""
    named = [party for party, _ in panel.shares if party != NOBODY]
    if len(named) == 1:
        text = phrases.voice.t("{name}, or nobody", name=phrases.party_label(named[0]))
    else:
        text = phrases.voice.n("one name put forward", "{count} names put forward", len(named))
    return Word(text, "risk", "≠")
