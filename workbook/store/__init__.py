"""The store: an append-only log of who said what, when, having seen what.

Events fold to an engagement (`fold`), undo and redo are further events, a baseline names a moment,
and a person can be erased without touching an event. SQLite by default, PostgreSQL by URL.
"""

from __future__ import annotations

from workbook.store.chain import Damage, DamageKind, Verification
from workbook.store.database import StoreAway
from workbook.store.erasure import Traces, traces
from workbook.store.events import Change, Conflict, Event, EventKind, Json, Subject
from workbook.store.folding import Fold, fold
from workbook.store.log import Store, Stored
from workbook.store.rounds import RoundLog, RoundLogs, Voices, change_rate
from workbook.store.topics import TOPICS, canonical, engagement_changes
from workbook.store.undoing import Reversal, Steps

__all__ = [
    "TOPICS",
    "Change",
    "Conflict",
    "Damage",
    "DamageKind",
    "Event",
    "EventKind",
    "Fold",
    "Json",
    "Reversal",
    "RoundLog",
    "RoundLogs",
    "Steps",
    "Store",
    "StoreAway",
    "Stored",
    "Subject",
    "Traces",
    "Verification",
    "Voices",
    "canonical",
    "change_rate",
    "engagement_changes",
    "fold",
    "traces",
]
