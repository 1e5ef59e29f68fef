"""Cross-checks of a workshop: rounds, links and what is talked about later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from workbook.content.flaws import Flaw, repeated, unknown
from workbook.content.names import Names
from workbook.model.engagement import SESSION


def _rounds(names: Names) -> Iterator[Flaw]:
    rounds = names.engagement.rounds
    for i, asked in enumerate(rounds):
        for n, key in enumerate(asked.focal_points):
            where = ("rounds", i, "focal_points", n)
            yield from unknown("focal point", key, names.focal_points, *where)
        if asked.closed and asked.closed < asked.opened:
            message = f"{asked.closed} lies before its opening, {asked.opened}"
            yield Flaw(("rounds", i, "closed"), message, "exchange the two")
    yield from repeated("round", ((("rounds", i, "id"), r.id) for i, r in enumerate(rounds)))


def _invitations(names: Names) -> Iterator[Flaw]:
    for i, invitation in enumerate(names.engagement.invitations):
        if invitation.respondent == SESSION:
            continue  # the board's links
        where = ("invitations", i, "respondent")
        yield from unknown("respondent", invitation.respondent, names.respondents, *where)


def _parked(names: Names) -> Iterator[Flaw]:
    for i, parked in enumerate(names.engagement.parked):
        yield from unknown(
            "focal point", parked.focal_point, names.focal_points, "parked", i, "focal_point"
        )
        yield from unknown(
            "respondent", parked.respondent, names.respondents, "parked", i, "respondent"
        )


WORKSHOP: tuple[Callable[[Names], Iterable[Flaw]], ...] = (_rounds, _invitations, _parked)
