"""What one voice on a focal point is worth (METHOD §1): one rule for documents and for frames.

A voice comes down to a few codes. Documents read it with `worth`; frames look all of their voices
up in `WORTH`, which is `worth` of every possible voice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import product
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from workbook.model.engagement import NOBODY, NONE, VACANT

POSTLESS = frozenset({NOBODY, VACANT})
"""Words in the place of an owner that name nobody."""
ALONE = frozenset({NONE, NOBODY, VACANT})
"""Words in the place of a deputy that say that there is none."""

Count = TypeVar("Count", int, NDArray[np.int64])


class Truth(IntEnum):
    """What is known of a yes-or-no value, such as whether a title fits."""

    UNKNOWN = -1
    NO = 0
    YES = 1


class CellKind(IntEnum):
    """What an answered cell names."""

    NONE = 0
    GROUP = 1
    SINGLE = 2


class Backing(IntEnum):
    """What a voice says of the deputy: nothing, that there is none, or somebody else.

    The owner as the deputy, or a team without a lead, is as good as none.
    """

    BLANK = 0
    NONE = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One voice on one focal point. `respondent` is None for a decision.

    `party`: who the vote counts for (a team's lead for a team); for a group, its members joined by
    "+", each counted likewise; "nobody" for none. `named`: the ids as the voice names them. `fit`,
    `deputy`, `inside` are each a `Truth`. `stand_in`: whom it names as deputy, if that is valid.
    """

    kind: CellKind
    party: str
    named: tuple[str, ...]
    fit: int = 0
    deputy: int = 0
    inside: int = 0
    respondent: str | None = None
    stand_in: str | None = None


def owner_of(named: Iterable[str], counted: Callable[[str], str | None]) -> tuple[CellKind, str]:
    """What a voice that names these parties comes to, and which party it counts for.

    `counted` is whom a vote for a party counts for, None for a team without a lead.
    """
    owners = {party: counted(party) for party in named if party not in POSTLESS}
    if not owners:
        return CellKind.NONE, NOBODY
    parties = sorted({owner or party for party, owner in owners.items()})
    single = len(parties) == 1 and None not in owners.values()
    return (CellKind.SINGLE if single else CellKind.GROUP), "+".join(parties)


@lru_cache(maxsize=512)
def worth(kind: int, fit: int, inside: int, backing: int, stand_in: int) -> tuple[int, int, int]:
    """(fitting, deputy, inside) of a cell.

    Each a `Truth`; `inside` is the owner's and `stand_in` the deputy's.
    """
    if kind != CellKind.SINGLE:
        return Truth.NO, Truth.NO, Truth.NO
    if backing == Backing.NONE:
        return fit, Truth.NO, inside
    deputy, other = (Truth.YES, stand_in) if backing == Backing.OTHER else [Truth.UNKNOWN] * 2
    if Truth.YES in (inside, other):
        return fit, deputy, Truth.YES
    return fit, deputy, Truth.UNKNOWN if Truth.UNKNOWN in (inside, other) else Truth.NO


WORTH = np.array(
    [worth(*voice) for voice in product(CellKind, Truth, Truth, Backing, Truth)], dtype=np.int8
).T.copy()
"""(3, voices): `worth` of every voice, at its `code`."""


def code(
    kind: NDArray[np.int8],
    fit: NDArray[np.int8],
    inside: NDArray[np.int8],
    backing: NDArray[np.int8],
    stand_in: NDArray[np.int8],
) -> NDArray[np.int16]:
    """Where `WORTH` has each of these voices."""
    position = kind.astype(np.int16)
    for column, codes in ((fit, Truth), (inside, Truth), (backing, Backing), (stand_in, Truth)):
        # Counted from the lowest code, as `product` above has them; three codes each.
        position *= len(codes)
        position += column
        position -= min(codes)
    return position


def free_cells(voices: Count, answered: Count, r_min: Count) -> Count:
    """Free cells, m of METHOD §1: voices that named nobody yet, topped up to r_min voices.

    `voices` leaves out whoever says that the focal point does not apply.
    """
    return voices + (r_min - voices) * (voices < r_min) - answered
