"""Voila without the one address that it opens to whoever connects."""

from __future__ import annotations

from typing import Any

from voila.app import Voila
from voila.request_info_handler import RequestInfoSocketHandler


class GuardedVoila(Voila):  # type: ignore[misc]  # Voila ships no types
    """Voila without its socket `/voila/query/…`, which asks for no token.

    It tells a warm kernel the address of its page, token and all. Our screens read their address
    in the browser and never ask there.
    """

    def init_handlers(self) -> list[Any]:
        """Voila's addresses, but for that one."""
        handlers = super().init_handlers()
        return [handler for handler in handlers if handler[1] is not RequestInfoSocketHandler]
