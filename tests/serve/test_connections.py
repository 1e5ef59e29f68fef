"""No message of a kernel waits for the one before it to be acknowledged."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from traitlets.utils.importstring import import_item

from workbook.serve import Lab, VoilaSession


@pytest.mark.parametrize("server", [Lab, VoilaSession])
def test_a_connection_sends_every_message_at_once(tmp_path, monkeypatch, server):
    one = server(tmp_path)
    options = one.options(tmp_path) if server is Lab else one.options()
    serving = options.get("ServerApp") or options["Voila"]
    connection = import_item(serving["kernel_websocket_connection_class"])
    assert issubclass(connection, ZMQChannelsWebsocketConnection)

    order = []
    monkeypatch.setattr(
        ZMQChannelsWebsocketConnection, "connect", lambda _: order.append("connected")
    )
    handler = SimpleNamespace(set_nodelay=order.append)
    monkeypatch.setattr(connection, "websocket_handler", handler)
    connection.connect(connection.__new__(connection))
    assert order == [True, "connected"]
