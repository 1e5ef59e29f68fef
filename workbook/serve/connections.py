"""Connections between browsers and kernels that hold no message back.

A kernel answers a keystroke in several small messages. Left alone, TCP keeps the second until the
first is acknowledged, which a browser may put off for 40 ms (Nagle's algorithm against delayed
acknowledgements); neither Jupyter Server nor Voila switches that off.
"""

from __future__ import annotations

import asyncio

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter Server's own connection, every message sent at once."""

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]  # as its base
        """Begin to pass messages on."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
