"""What a batch tells while it runs, and how it is told to stop. Light: the command imports it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from workbook.batch.ledger import LedgerEntry
    from workbook.batch.planning import BatchPlan


class Stop(IntEnum):
    """Whether a batch goes on, finishes what runs and begins nothing, or drops what runs."""

    NOT = 0
    FINISH = 1
    DROP = 2


class Listener(Protocol):
    """Hears how a batch goes on."""

    stop: Stop

    def planned(self, plan: BatchPlan) -> None:
        """What is to be done is known."""

    def ended(self, entry: LedgerEntry) -> None:
        """A report was made, or failed (`entry.reason`)."""
