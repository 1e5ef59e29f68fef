"""How elements are written: every text is escaped, every number is short.

`tag("td", text, class_="n")` gives `<td class="n">…</td>`. An attribute's trailing underscore is
dropped and the others become hyphens; None and False leave it out, True writes it alone. Children
that are None are left out, lists and tuples joined, `Markup` is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

_VOID = frozenset(
    {"br", "col", "img", "hr", "rect", "line", "circle", "path", "polyline", "polygon"}
)
NOTHING = Markup("")


def tag(name: str, /, *children: object, **attributes: object) -> Markup:
    """One element."""
    head = name + "".join([_attribute(key, value) for key, value in attributes.items()])
    if name in _VOID:
        return Markup(f"<{head}/>")  # noqa: S704 - name and attributes are escaped or our own
    return Markup(f"<{head}>{_escaped(children)}</{name}>")  # noqa: S704 - as above


def join(parts: Iterable[object], between: str = "") -> Markup:
    """Parts one after the other, each escaped unless it is markup, and so what stands between."""
    texts = [_escaped(part) for part in parts if part is not None and part != ""]
    return Markup(str.join(_escaped(between), texts))  # noqa: S704 - every part is escaped


def scrolling(label: str, content: Markup) -> Markup:
    """Content that scrolls sideways where the screen is narrow; keys reach it as well."""
    return tag("div", content, class_="scroll", role="group", aria_label=label, tabindex="0")


def short(value: float) -> str:
    """A coordinate with at most two decimals, without a trailing zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def _escaped(part: object) -> str:
    # A report has some ten thousand parts: markup is passed on by str's own join, which does not
    # look at it again.
    if isinstance(part, Markup):
        return part
    if part is None:
        return ""
    if isinstance(part, (tuple, list)):
        return "".join([_escaped(item) for item in part])
    return escape(part)


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    text = short(value) if isinstance(value, float) else value
    return f' {name}="{escape(text)}"'
