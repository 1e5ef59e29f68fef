"""From a kernel's messages to the outputs of a notebook's cells, as nbclient makes them."""

from __future__ import annotations

import base64
import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from workbook.batch.fork.tail import add_text

if TYPE_CHECKING:
    from nbclient.output_widget import OutputWidget

    from workbook.batch.fork.kernel import Message, ReportKernel

Cell = dict[str, Any]
Output = dict[str, Any]

FIELDS = {
    "display_data": ("data", "metadata"),
    "update_display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
    "error": ("ename", "evalue", "traceback"),
}
"""The messages that show something, and what of them an output keeps."""

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


class Outputs:
    """Hears the messages of one run and writes the outputs of the cell that runs."""

    def __init__(self, kernel: ReportKernel) -> None:
        self.session = kernel.session
        self.lock = threading.RLock()
        self.shell_channel = self
        self._kernel = kernel
        self._cell: Cell = {"outputs": []}
        self._request = ""
        self._clear_first = False
        self._shown: dict[str, list[Output]] = defaultdict(list)
        self._hooks: dict[str, list[OutputWidget]] = defaultdict(list)
        self._comms: dict[str, OutputWidget] = {}
        self._for_kernel: list[Message] = []
        self._buffers: dict[str, dict[tuple[str, ...], Message]] = {}
        self.widget_state: dict[str, dict[str, Any]] = {}

    def begin(self, cell: Cell, request: str) -> None:
        """Messages of this request belong to this cell; those of another are dropped."""
        self._cell, self._request, self._clear_first = cell, request, False

    def hear(self, message: Message) -> None:
        """Take one message of the kernel; threads of the notebook show things as well."""
        with self.lock:
            self._hear(message)

    def _hear(self, message: Message) -> None:
        if message["parent_header"].get("msg_id") != self._request:
            return
        kind, content = message["msg_type"], message["content"]
        display_id = (content.get("transient") or {}).get("display_id")
        if display_id and kind in FIELDS:
            self._update(display_id, content)
        if kind == "clear_output":
            self._clear(message)
        elif kind.startswith("comm"):
            self._hear_widget(message)
        elif (kind in FIELDS or kind == "stream") and kind != "update_display_data":
            self._show(message, display_id)

    def settle(self) -> None:
        """Give the kernel what the page would have sent it while the cell ran."""
        waiting, self._for_kernel = self._for_kernel, []
        for message in waiting:
            self._kernel.shell_handlers["comm_msg"](None, None, message)

    def widgets(self) -> dict[str, Any]:
        """The notebook's metadata about its widgets; empty if it has none."""
        state = {
            model: _model(state, list(self._buffers.get(model, {}).values()))
            for model, state in self.widget_state.items()
            if "_model_name" in state
        }
        if not self.widget_state:
            return {}
        return {WIDGET_STATE: {"state": state, "version_major": 2, "version_minor": 0}}

    def _show(self, message: Message, display_id: str | None) -> None:
        hooks = self._hooks[self._request]
        if hooks:
            hooks[-1].output(self._cell["outputs"], message, display_id, 0)
            return
        if self._clear_first:
            self._cell["outputs"].clear()
            self._clear_first = False
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            add_text(self._cell["outputs"], content["name"], content["text"])
            return
        output = {"output_type": kind} | {field: content[field] for field in FIELDS[kind]}
        if display_id:
            self._shown[display_id].append(output)
        self._cell["outputs"].append(output)

    def _update(self, display_id: str, content: dict[str, Any]) -> None:
        for output in self._shown[display_id]:
            output["data"], output["metadata"] = content["data"], content["metadata"]

    def _clear(self, message: Message) -> None:
        hooks = self._hooks[self._request]
        if hooks:
            hooks[-1].clear_output(self._cell["outputs"], message, 0)
        elif message["content"].get("wait"):
            self._clear_first = True
        else:
            self._cell["outputs"].clear()

    def _hear_widget(self, message: Message) -> None:
        content = message["content"]
        comm, data = content["comm_id"], content.get("data") or {}
        if "state" in data:
            self.widget_state.setdefault(comm, {}).update(data["state"])
            if data.get("buffer_paths"):
                self._buffers.setdefault(comm, {}).update(_buffers(message))
        if message["msg_type"] == "comm_open" and content.get("target_name") == "jupyter.widget":
            self._open_widget(comm, data["state"])
        elif message["msg_type"] == "comm_msg" and comm in self._comms:
            self._comms[comm].handle_msg(message)

    def _open_widget(self, comm: str, state: dict[str, Any]) -> None:
        """An Output widget catches outputs: its page's half is played here."""
        kind = (state.get("_model_module"), state.get("_model_name"))
        if kind == ("@jupyter-widgets/output", "OutputModel"):
            from nbclient.output_widget import OutputWidget

            self._comms[comm] = OutputWidget(comm, state, self, self)  # type: ignore[arg-type]

    # What nbclient's half of an Output widget asks of a client and its channel.

    def register_output_hook(self, request: str, hook: OutputWidget) -> None:
        """From now on this widget takes the outputs of a request."""
        self._hooks[request].append(hook)

    def remove_output_hook(self, request: str, hook: OutputWidget) -> None:  # noqa: ARG002
        """The last widget that took outputs takes no more."""
        self._hooks[request].pop()

    def send(self, message: Message) -> None:
        """A message for the kernel, which hears it when the cell is done."""
        message["content"] = self.session.as_received(message["content"])
        self._for_kernel.append({**message, "buffers": []})


def _buffers(message: Message) -> dict[tuple[str, ...], dict[str, Any]]:
    paths = message["content"]["data"]["buffer_paths"]
    return {
        tuple(path): {
            "data": base64.b64encode(buffer).decode(),
            "encoding": "base64",
            "path": path,
        }
        for path, buffer in zip(paths, message["buffers"], strict=False)
    }


def _model(state: dict[str, Any], buffers: list[dict[str, Any]]) -> dict[str, Any]:
    model = {
        "model_name": state.get("_model_name"),
        "model_module": state.get("_model_module"),
        "model_module_version": state.get("_model_module_version"),
        "state": state,
    }
    return model | {"buffers": buffers} if buffers else model
