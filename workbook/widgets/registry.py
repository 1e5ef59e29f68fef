"""The registry of commands: what a front end may send, checked once, and who answers it.

A message is JSON, `{"do": "decide", "focal_point": "oms", "set": {"owner": "ana"}}`. The handler of
a command is a function of the state and the context whose keyword parameters are the message's
fields; a parameter named after a builtin ends in an underscore (`set_`). It says what the state
becomes, and what else has to happen.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from workbook.errors import WorkbookError, nearest

Message = dict[str, Any]
"""What a front end sends: `do`, the command's fields, `once` where a retry must do nothing, and
`edit` where one visit to a field is sent in parts."""

BESIDE = frozenset({"do", "once", "edit"})
"""What stands in a message beside the command's fields."""

LONGEST_TOKEN = 64
"""Characters of `once` and `edit`, as many as the store has room for."""

BUILTINS = frozenset({"id", "set"})
"""Fields whose parameter ends in an underscore."""


class BadMessage(WorkbookError):
    """A front end sent what no command reads: a fault in the front end, not of its user."""


Handler = Callable[..., Any]
"""(state, context, *, fields) → outcome; each kind of screen has its own state and outcome. No
context only where a command of the guided screen comes anywhere."""


class Payload:
    """Base of what stands inside a command's fields: a field that is not declared is an error."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


H = TypeVar("H", bound=Handler)


@dataclass(frozen=True)
class Command:
    """One command: its handler, and when it may come.

    `anywhere`: also while no engagement is open. `quiet`: leaves the notice as it is.
    """

    name: str
    handler: Handler
    anywhere: bool
    quiet: bool

    @cached_property
    def _model(self) -> type[BaseModel]:
        hints = get_type_hints(self.handler)
        fields: dict[str, Any] = {
            name.removesuffix("_"): (
                hints[name],
                ... if parameter.default is parameter.empty else parameter.default,
            )
            for name, parameter in inspect.signature(self.handler).parameters.items()
            if parameter.kind is parameter.KEYWORD_ONLY
        }
        return create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)

    @property
    def fields(self) -> frozenset[str]:
        """The fields of its message."""
        return frozenset(self._model.model_fields)

    def read(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """The handler's arguments out of a message; BadMessage names each field that is wrong."""
        for name in ("once", "edit"):
            if not _is_token(message.get(name)):
                raise BadMessage(f"the command “{self.name}” cannot be read: {name}: no token")
        fields = {key: value for key, value in message.items() if key not in BESIDE}
        try:
            model = self._model.model_validate(fields)
        except ValidationError as error:
            faults = "; ".join(
                f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()
            )
            raise BadMessage(f"the command “{self.name}” cannot be read: {faults}") from None
        return {f"{name}_" if name in BUILTINS else name: value for name, value in model}


def _is_token(value: object) -> bool:
    """Whether a value may stand for one command, or one visit to a field, in the store."""
    written = isinstance(value, str) and len(value) <= LONGEST_TOKEN and value.isprintable()
    return value is None or written


Registry = dict[str, Command]
"""The commands of one kind of screen, by name. A screen hears no command of another kind."""

COMMANDS: Registry = {}
"""The commands of the guided screen."""


def command(
    name: str, *, anywhere: bool = False, quiet: bool = False, among: Registry = COMMANDS
) -> Callable[[H], H]:
    """Register a handler: `@command("go")` stands above the function that answers it."""

    def register(handler: H) -> H:
        if name in among:
            raise TypeError(f"the command “{name}” is registered twice")
        among[name] = Command(name, handler, anywhere, quiet)
        return handler

    return register


def entry_of(message: Mapping[str, Any], among: Registry = COMMANDS) -> Command:
    """Whom a message is for; BadMessage if no command has this name."""
    name = str(message.get("do"))
    if name not in among:
        raise BadMessage(f"there is no command “{name}”: {nearest(name, among)}")
    return among[name]
