"""Paces: how fast somebody may go on. Who goes faster waits, and the others notice nothing."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict

MOST_KNOWN = 1000
"""Addresses that are remembered; of more, those that came last."""


class Pace:
    """A bucket that holds `burst` and fills by `rate` a second."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._level = burst
        self._last = time.monotonic()

    @property
    def level(self) -> float:
        """How many more may come at once."""
        now = time.monotonic()
        self._level = min(self._burst, self._level + (now - self._last) * self._rate)
        self._last = now
        return self._level

    def take(self) -> float:
        """Take one; the seconds that it has to wait for."""
        self._level = self.level - 1
        return max(0.0, -self._level / self._rate)

    async def keep(self) -> None:
        """Wait until one more may come."""
        if wait := self.take():
            await asyncio.sleep(wait)


class Paces:
    """A pace for each holder or address."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._paces: OrderedDict[str, Pace] = OrderedDict()

    def __getitem__(self, who: str) -> Pace:
        """The pace of somebody, which all their lines share."""
        pace = self._paces.setdefault(who, Pace(self._rate, self._burst))
        self._paces.move_to_end(who)
        if len(self._paces) > MOST_KNOWN:
            self._paces.popitem(last=False)
        return pace
