"""Voila without the one address that it opens to whoever connects, and without dead kernels."""

from __future__ import annotations

import asyncio
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
