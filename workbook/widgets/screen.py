"""The guided screen, one object with one bundle: live in Lab and Voila, else a page."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import anywidget
import traitlets

from workbook.fragments.styles import screen_fonts, stylesheet
from workbook.widgets.conversation import Conversation
from workbook.widgets.front import module
from workbook.widgets.pages import static_page, summary
from workbook.widgets.patch import difference

STATIC = "WORKBOOK_STATIC"
"""Says whether nobody will sit before the screen: 1 for a page only, 0 for a live view."""

SEATS = ("JPY_SESSION_NAME", "VOILA_", "VSCODE_", "COLAB_")
"""How the variables begin that a kernel has where somebody looks on: Jupyter, Voila, editors."""


def attended(surroundings: Mapping[str, str]) -> bool:
    """Whether somebody sits before the kernel with these environment variables.

    Papermill and `nbconvert --execute` leave no such trace; for them the screen is a page, because
    the exported notebook would show an empty box in the place of a live view.
    """
    if setting := surroundings.get(STATIC):
        return setting == "0"
    return any(name.startswith(SEATS) for name in surroundings)


class Screen(anywidget.AnyWidget):
    """Shows a conversation. Only what changed travels to the front end, as numbered patches."""

    _esm = module()
    _css = screen_fonts() + stylesheet(screen=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, conversation: Conversation) -> None:
        self._quiet = False
        self._live = attended(os.environ)
        self._conversation = conversation
        super().__init__(view=conversation.view())
        self.on_msg(self._on_message)

    def open(self) -> None:
        """Open the line to the front end; none where nobody looks on, so that no state is kept."""
        if self._live:
            super().open()

    def _on_message(self, _: object, message: dict[str, Any], buffers: Sequence[Any]) -> None:
        # The bytes of a file come beside the message, not inside its JSON.
        message = message | ({"data": bytes(buffers[0])} if buffers else {})
        if message.get("do") == "resend":
            self.send_state("view")
            return
        try:
            self._show(self._conversation.reply(message, self.view))
        except Exception as error:
            # The screen must say so: an error in a kernel's message handler is otherwise lost.
            self.send({"kind": "failed", "error": f"{type(error).__name__}: {error}"})
            raise

    def _show(self, view: dict[str, Any]) -> None:
        old: dict[str, Any] = self.view
        new = {**view, "version": old["version"]}
        operations = difference(old, new)
        if not operations:
            self._answer({"kind": "still"})
            return
        version = old["version"] + 1
        operations.append([["version"], version])
        self._quiet = True
        self.view = {**new, "version": version}
        self._quiet = False
        self._answer(
            {"kind": "patch", "from": old["version"], "to": version, "operations": operations}
        )

    def _answer(self, message: dict[str, Any]) -> None:
        """Send what changed, with the file that the command asked for."""
        if parcel := self._conversation.hand_over():
            message["file"] = asdict(parcel)
        self.send(message)

    def _should_send_property(self, key: str, value: object) -> bool:
        if key == "view" and self._quiet:
            return False
        return bool(super()._should_send_property(key, value))

    def __repr__(self) -> str:
        return summary(self.view)

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        live, metadata = (self._live and super()._repr_mimebundle_()) or ({}, {})
        html = static_page(self.view, self._conversation.tabs())
        page = {"text/plain": summary(self.view), "text/html": str(html)}
        return {**live, **page}, metadata
