"""A batch that ended: what was asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.batch.ledger import Ledger
from workbook.batch.order import Order
from workbook.batch.planning import BatchPlan, PlannedReport


@dataclass(frozen=True)
class Batch:
    """How a batch went. `ended` has the entry of each report that was tried in this run."""

    run: str
    order: Order
    plan: BatchPlan
    ledger: Ledger
    ended: Mapping[str, bool]
    seconds: float = 0.0

    def status(self, item: PlannedReport) -> str:
        """What became of a report: unchanged, made, failed, or dropped (not tried or not ended)."""
        if not item.cause:
            return "unchanged"
        success = self.ended.get(item.name)
        return "dropped" if success is None else "made" if success else "failed"

    def counts(self) -> dict[str, int]:
        """How many reports of each status, inputs refused, and inputs left out by `--where`."""
        totals = dict.fromkeys(("made", "unchanged", "failed", "dropped"), 0)
        for item in self.plan.items:
            totals[self.status(item)] += 1
        return totals | {"refused": len(self.plan.refused), "left_out": self.plan.left_out}

    @property
    def ok(self) -> bool:
        """Whether everything that was asked for is there."""
        counts = self.counts()
        return not counts["failed"] + counts["dropped"] + counts["refused"]

    @property
    def exit_code(self) -> int:
        """0 if everything is there, 1 if not, 2 if not one input is valid.

        A batch that was only looked at ends like one in which every report goes well.
        """
        if not self.plan.any:
            return 2
        return int(not self.ok if self.run else bool(self.plan.refused))
