"""What a group has settled for all, handed to one of its sites or brands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook.errors import BadInput, Problem, WorkbookError
from workbook.model.engagement import RESERVED, Person, State
from workbook.model.inherited import Inherited
from workbook.scoring.identity_cache import IdentityCache
from workbook.scoring.scope import asked, in_scope
from workbook.store import Change, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.model.engagement import Engagement, External, Team
    from workbook.model.rules import Rules
    from workbook.store import Subject
    from workbook.workspace.session import Session
    from workbook.workspace.workspace import Workspace

TOPIC = "inherited"
LINK = ("group",)


def inheritance(group: Engagement, site: Engagement, rules: Rules) -> tuple[Change, ...]:
    """The changes that give a site what its group says today, and take away what it says no more.

    `rules` are the site's. Only what applies to the site is handed on, without notes or reasons.
    Parties that the site does not have yet come along. BadInput if the two cannot go together.
    """
    if group.key == site.key:
        raise BadInput(Problem("an engagement inherits nothing of itself", "name its group"))
    if group.framework.key != site.framework.key:
        message = f"“{group.key}” is measured with another framework, {group.framework.key}"
        raise BadInput(Problem(message, "name a group with the framework of the site"))
    settled = tuple(_settled(group, site, rules))
    named = (party for heir in settled for party in (heir.owner, heir.deputy) if party)
    here, newcomers = _parties(group, site, dict.fromkeys(named))
    wanted = dict(_change(heir, here) for heir in settled)
    standing = ((TOPIC, heir.subject, heir.instance or "") for heir in site.inherited)
    gone = (Change(subject, None) for subject in standing if subject not in wanted)
    return (Change(LINK, group.key), *newcomers, *(Change(*pair) for pair in wanted.items()), *gone)


class GroupWatch:
    """Looks for a site's group as the site is opened, and when it has inherited anew."""

    def __init__(self, home: Workspace) -> None:
        self._home = home
        self._last: IdentityCache[Engagement | None] = IdentityCache()

    def moved_on(self, site: Session) -> Engagement | None:
        """The group, if it says something else by now than what the site has of it."""
        rests_on = (site, site.part("inherited"))
        return self._last.get(rests_on, lambda: _moved_on(self._home, site))


def _moved_on(home: Workspace, site: Session) -> Engagement | None:
    key = site.part("group")
    if key is None or key not in home.store.engagements():
        return None
    try:
        group = fold(home.store.events(key))
        changes = inheritance(group, site.engagement, site.rules)
    except WorkbookError:  # a group that cannot be read hands nothing on
        return None
    return group if any(site.value(c.subject) != c.value for c in changes) else None


def _settled(group: Engagement, site: Engagement, rules: Rules) -> Iterator[Inherited]:
    """What the group has decided or answered together, as far as it applies to the site."""
    name = group.organisation.name
    applying = {
        focal_point.key
        for area in rules.areas
        for focal_point in area.focal_points
        if in_scope(focal_point, site)
    }
    for key, decision in group.standing_decisions().items():
        if key in applying and decision.state is State.ANSWERED and decision.owner:
            yield Inherited(
                subject=key,
                group=name,
                owner=decision.owner,
                deputy=decision.deputy,
                on=decision.decided_on,
            )
    questions = {(question.key, instance) for _, question, instance in asked(rules, site)}
    for answer in group.answers:
        together = answer.respondent is None and answer.state is State.ANSWERED
        if together and (answer.question, answer.subject) in questions:
            yield Inherited(
                subject=answer.question,
                instance=answer.subject,
                group=name,
                value=answer.value,
                on=answer.on,
            )


def _change(heir: Inherited, here: Mapping[str, str]) -> tuple[Subject, object]:
    """The subject and value of what is handed on, with the parties as the site calls them."""
    names = {"owner": heir.owner, "deputy": heir.deputy}
    renamed = {field: here.get(party, party) for field, party in names.items() if party}
    value = heir.model_dump(mode="json", exclude_defaults=True, exclude={"subject", "instance"})
    return (TOPIC, heir.subject, heir.instance or ""), {**value, **renamed}


def _parties(
    group: Engagement, site: Engagement, named: Mapping[str, None]
) -> tuple[dict[str, str], list[Change]]:
    """What each party is called at the site, and those that are new there.

    A party of the same name is the same one; a taken key gets the group's in front.
    """
    there, known = group.parties(), site.parties()
    by_name = {party.name.casefold(): key for key, party in known.items()}
    here: dict[str, str] = {}
    newcomers = []
    for key in named:
        party = there.get(key)
        if key in RESERVED or party is None:
            continue
        here[key] = by_name.get(party.name.casefold()) or _unused(key, group.key, known)
        if here[key] not in known:
            newcomers.append(_newcomer(here[key], party))
    return here, newcomers


def _unused(key: str, group: str, known: Mapping[str, object]) -> str:
    return f"{group}-{key}" if key in known else key


def _newcomer(key: str, party: Person | Team | External) -> Change:
    """The party as the site knows it: a name and a title, without what holds at the group only."""
    title = party.title if isinstance(party, Person) else None
    value = {"name": party.name, **({"title": title} if title else {})}
    return Change((type(party).__name__.lower(), key), value)
