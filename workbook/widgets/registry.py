"""The registry of commands: what a front end may send, checked once, and who answers it.

A message is JSON, `{"do": "decide", "focal_point": "oms", "set": {"owner": "ana"}}`. Each command
is a frozen class whose fields are the message's. Its handler is a function of the command, the
state and the context: it says what the state becomes, and what else has to happen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from workbook.errors import WorkbookError, nearest
from workbook.widgets.state import Outcome, ScreenState

Message = dict[str, Any]
"""What a front end sends: `do`, the command's fields, `once` where a retry must do nothing, and
`edit` where one visit to a field is sent in parts."""

BESIDE = frozenset({"do", "once", "edit"})
"""What stands in a message beside the command's fields."""


class BadMessage(WorkbookError):
    """A front end sent what no command reads: a fault in the front end, not of its user."""


class Command:
    """Base of all commands: a field that is not declared is an error."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Nothing(Command):
    """A command without fields."""


C = TypeVar("C", bound=Command)
Handler = Callable[[C, ScreenState, Any], Outcome]
"""(command, state, context) → outcome; the context is None only where a command comes anywhere."""


@dataclass(frozen=True)
class CommandType(Generic[C]):
    """One command: its fields, its handler, and when it may come.

    `anywhere`: also while no engagement is open. `quiet`: leaves the notice as it is.
    """

    name: str
    fields: type[C]
    handler: Handler[C]
    anywhere: bool
    quiet: bool

    @cached_property
    def _adapter(self) -> TypeAdapter[C]:
        return TypeAdapter(self.fields)

    def read(self, message: Mapping[str, Any]) -> C:
        """The command of a message; BadMessage names each field that is wrong."""
        fields = {key: value for key, value in message.items() if key not in BESIDE}
        try:
            return self._adapter.validate_python(fields)
        except ValidationError as error:
            faults = "; ".join(
                f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()
            )
            raise BadMessage(f"the command “{self.name}” cannot be read: {faults}") from None


COMMANDS: dict[str, CommandType[Any]] = {}


def command(
    name: str, *, anywhere: bool = False, quiet: bool = False
) -> Callable[[type[C]], Callable[[Handler[C]], Handler[C]]]:
    """Register a handler: `@command("go")(Go)` stands above the function that answers it."""

    def of(kind: type[C]) -> Callable[[Handler[C]], Handler[C]]:
        def register(handler: Handler[C]) -> Handler[C]:
            if name in COMMANDS:
                raise TypeError(f"the command “{name}” is registered twice")
            COMMANDS[name] = CommandType(
                name=name, fields=kind, handler=handler, anywhere=anywhere, quiet=quiet
            )
            return handler

        return register

    return of


def entry_of(message: Mapping[str, Any]) -> CommandType[Any]:
    """Whom a message is for; BadMessage if no command has this name."""
    name = str(message.get("do"))
    if name not in COMMANDS:
        raise BadMessage(f"there is no command “{name}”: {nearest(name, COMMANDS)}")
    return COMMANDS[name]


def field_names(name: str) -> frozenset[str]:
    """The fields that a command reads."""
    return frozenset(field.name for field in fields(COMMANDS[name].fields))
