"""What changed between two view models, so that only that travels to the screen.

A patch is a list of operations: `[path, value]` puts a value, `[path]` removes a key; a path is a
list of keys and positions. Lists of another length are replaced whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = Any
"""None, bool, int, float, str, or lists and dicts of them."""
Operation = list[Any]


def difference(old: Json, new: Json) -> list[Operation]:
    """The operations that turn `old` into `new`."""
    return list(_operations(old, new, []))


def _operations(old: Json, new: Json, path: list[str | int]) -> Iterator[Operation]:
    if old is new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() - new.keys():
            yield [[*path, key]]
        for key, value in new.items():
            if key in old:
                yield from _operations(old[key], value, [*path, key])
            else:
                yield [[*path, key], value]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _operations(before, after, [*path, index])
    elif old != new or type(old) is not type(new):
        yield [path, new]


def patched(view: Json, operations: list[Operation]) -> Json:
    """`view` with the operations applied; the inverse that tests and the front end share."""
    for path, *value in operations:
        view = _put(view, path, value)
    return view


def _put(holder: Json, path: list[str | int], value: list[Json]) -> Json:
    if not path:
        return value[0]
    copy: Any = dict(holder) if isinstance(holder, dict) else list(holder)
    key, rest = path[0], path[1:]
    if not rest and not value:
        del copy[key]
    else:
        copy[key] = _put(holder[key] if rest else None, rest, value)
    return copy
