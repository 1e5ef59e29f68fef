"""Voila without the one address that it opens to whoever connects, and without dead kernels."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tornado.routing import Matcher, Rule
from tornado.web import ErrorHandler
from voila.app import Voila
from voila.request_info_handler import RequestInfoSocketHandler

from workbook.serve.place import HOST

if TYPE_CHECKING:
    from tornado.httputil import HTTPServerRequest


class GuardedVoila(Voila):  # type: ignore[misc]  # Voila ships no types
    """Voila without its socket `/voila/query/…`, which asks for no token, and under its own name.

    The socket tells a warm kernel the address of its page, token and all. Our screens read their
    address in the browser and never ask there. Another name is one that a page elsewhere has
    pointed here, to be taken for this server's own.
    """

    def init_handlers(self) -> list[Any]:
        """Voila's addresses, but for that one; none under another name."""
        handlers = super().init_handlers()
        others = (handler for handler in handlers if handler[1] is not RequestInfoSocketHandler)
        names = frozenset(f"{name}:{self.port}" for name in (HOST, "localhost"))
        return [Rule(_OtherName(names), ErrorHandler, {"status_code": 421}), *others]

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings; its pool of warm kernels counts only those that live."""
        settings: dict[str, Any] = super().init_settings()
        manager = self.kernel_manager
        count = manager.get_pool_size

        def living(notebook: str) -> int:
            # Voila asks for the size right before it takes a kernel: nothing happens in between.
            drop_dead(manager, notebook)
            return int(count(notebook))

        manager.get_pool_size = living
        return settings


class _OtherName(Matcher):
    """Matches what is asked under a name that is not ours."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Nothing to hand on, if it does."""
        return None if request.host.lower() in self._names else {}


def drop_dead(manager: Any, notebook: str) -> None:  # noqa: ANN401 - a class that Voila makes
    """Take warm kernels whose process has ended out of the pool, and start others for them."""
    pool = getattr(manager, "_pools", {}).get(notebook, [])
    dead = [kernel for kernel in pool if _is_dead(manager, kernel)]
    pool[:] = [kernel for kernel in pool if kernel not in dead]
    for kernel in dead:
        if not kernel.cancelled() and kernel.exception() is None:
            _shut_down(manager, kernel.result()["kernel_id"])
    if dead:
        manager.fill_if_needed(notebook_name=notebook)


def _is_dead(manager: Any, kernel: asyncio.Task[dict[str, Any]]) -> bool:  # noqa: ANN401 - as above
    if not kernel.done():
        return False
    if kernel.cancelled() or kernel.exception() is not None:
        return True
    name = kernel.result()["kernel_id"]
    if name not in manager:
        return True
    provisioner = manager.get_kernel(name).provisioner
    process = provisioner and provisioner.process
    return process is None or process.poll() is not None


def _shut_down(manager: Any, name: str) -> None:  # noqa: ANN401 - as above
    """Let go of what a dead kernel has left: its sockets and its connection file."""
    if name in manager:
        task = asyncio.ensure_future(manager.shutdown_kernel(name, now=True))
        _SHUTTING_DOWN.add(task)
        task.add_done_callback(_SHUTTING_DOWN.discard)


_SHUTTING_DOWN: set[asyncio.Future[None]] = set()
"""The loop itself keeps no hold of what it runs."""
