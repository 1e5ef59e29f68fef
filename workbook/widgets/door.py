"""The door of a room: its address, which the host tells to the boards of other programs.

The host says it in a file of the workspace's folder for as long as it runs. A board in Lab or Voila
reads it there; what the host has not said again for a while is over.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

STALE = 10.0
"""Seconds for which an address is believed: a host that was killed takes nothing back."""


@dataclass(frozen=True, slots=True)
class RoomAddress:
    """Where a room joins: the address, and its QR code as the `src` of an image."""

    address: str
    picture: str


@lru_cache(maxsize=4)
def room_address(address: str) -> RoomAddress:
    """An address with its QR code."""
    import segno

    return RoomAddress(address, segno.make(address, error="m").svg_data_uri(scale=4, border=2))


def announce(workspace: Path, engagement: str, address: str) -> None:
    """Say that a room joins here now."""
    file = _file(workspace, engagement)
    draft = file.with_suffix(".new")
    draft.write_text(address, "utf-8")
    draft.replace(file)  # at once: nobody reads half of it


def withdraw(workspace: Path, engagement: str) -> None:
    """Say that nobody can join any more."""
    _file(workspace, engagement).unlink(missing_ok=True)


def announced(workspace: Path, engagement: str) -> RoomAddress | None:
    """Where a room joins that another program hosts; None if none does."""
    file = _file(workspace, engagement)
    with suppress(OSError):
        # The age of a file is a matter of the machine's clock, whatever day a screen is set to.
        if time.time() - file.stat().st_mtime < STALE:
            return room_address(file.read_text("utf-8"))
    return None


def _file(workspace: Path, engagement: str) -> Path:
    return workspace / f".room-{engagement}.txt"
