"""A screen of a notebook, one object with one bundle: live in Lab and Voila, else a page."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

import anywidget
import traitlets

from workbook.fragments.styles import screen_fonts, stylesheet
from workbook.widgets.channel import Channel, failure
from workbook.widgets.conversation import Conversation
from workbook.widgets.front import module
from workbook.widgets.pages import static_page, summary

if TYPE_CHECKING:
    from markupsafe import Markup

    from workbook.widgets.parcels import Parcel
    from workbook.widgets.registry import Message
    from workbook.widgets.views.scene import View

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


class Talk(Protocol):
    """What a screen speaks with."""

    def view(self) -> View:
        """Everything that the screen shows now."""

    def reply(self, message: Message, shown: View) -> View:
        """What to show after a message, given what is shown now."""

    def hand_over(self) -> Parcel | None:
        """The file that the last command asked for, once."""


class LiveScreen(anywidget.AnyWidget):
    """Shows a conversation. Only what changed travels to the front end, as numbered patches."""

    view = traitlets.Dict().tag(sync=True)

    def __init__(self, conversation: Talk) -> None:
        self._quiet = False
        self._live = attended(os.environ)
        self._conversation = conversation
        self._channel = Channel(conversation.view())
        super().__init__(view=self._channel.view)
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
            answer = self._channel.show(self._conversation.reply(message, self.view))
        except Exception as error:
            # An error in a kernel's message handler is otherwise lost.
            self.send(failure(error))
            raise
        self._quiet = True
        self.view = self._channel.view
        self._quiet = False
        if parcel := self._conversation.hand_over():
            answer["file"] = asdict(parcel)
        self.send(answer)

    def _should_send_property(self, key: str, value: object) -> bool:
        if key == "view" and self._quiet:
            return False
        return bool(super()._should_send_property(key, value))

    def printed(self) -> tuple[str, Markup]:
        """What stands where nobody looks on: a stable line, and the page."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.printed()[0]

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        live, metadata = (self._live and super()._repr_mimebundle_()) or ({}, {})
        text, html = self.printed()
        return {**live, "text/plain": text, "text/html": str(html)}, metadata


class Screen(LiveScreen):
    """The guided screen."""

    _esm = module()
    _css = screen_fonts() + stylesheet(screen=True)

    def __init__(self, conversation: Conversation) -> None:
        self._tabs = conversation.tabs
        super().__init__(conversation)

    def printed(self) -> tuple[str, Markup]:
        """The page with every tab of the review."""
        return summary(self.view), static_page(self.view, self._tabs())
