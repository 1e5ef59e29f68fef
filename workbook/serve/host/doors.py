"""The doors: links that a person opens with a button, after which a cookie lets them in."""

from __future__ import annotations

import hmac

from markupsafe import Markup
from tornado.web import HTTPError

from workbook.i18n import voice
from workbook.serve.host.guard import Guarded
from workbook.serve.host.pages import plain_html
from workbook.store import Change
from workbook.wording.headings import headings
from workbook.workshop import Pass, invitation_change, joining_of
from workbook.workspace import new_id

MOST_PEOPLE = 400
"""People who may be asked in one engagement: further newcomers are sent away."""
LONGEST_NAME = 80


class Door(Guarded):
    """A way in. Whoever tries wrong links or codes too often has to wait."""

    def prepare(self) -> None:
        """Refuse an address from which too many wrong ones came, without a look at this one."""
        super().prepare()
        if self.room.guesses[self.request.remote_ip or ""].level < 1:
            raise HTTPError(429)

    def refused(self) -> HTTPError:
        """The error of a wrong link or code, which counts as a guess."""
        self.room.guesses[self.request.remote_ip or ""].take()
        return HTTPError(403)


class LinkHandler(Door):
    """A personal link, `/in/PASS`. Looking at it changes nothing: mail scanners look at links."""

    def get(self, text: str) -> None:
        """The button that opens the questions."""
        held = self._held(text)
        v = voice(self.room.desk.facts.engagement.language)
        name = self.room.desk.facts.engagement.organisation.name
        lead, button = v.t("Your questions are ready. They are for you alone."), v.t("Open them")
        if held.respondent == "":
            lead, button = v.t("The board of the workshop"), v.t("Open the board")
        body = Markup(
            '<section class="respond-card"><h1>{name}</h1><p class="lead">{lead}</p>'
            '<form method="post"><button class="btn primary wide">{button}</button>'
            "</form></section>"
        ).format(name=name, lead=lead, button=button)
        html, policy = plain_html(v.language, name, body)
        self.set_header("Content-Security-Policy", policy)
        self.write(html)

    def post(self, text: str) -> None:
        """Take the pass into a cookie, which only the pages of this person get."""
        held = self._held(text)
        path = "/board/" if held.respondent == "" else answer_path(self, held.respondent)
        self.hand_cookie(text, path)
        self.redirect(path, status=303)

    def _held(self, text: str) -> Pass:
        held = self.room.admitted(text)
        if held is None:
            raise self.refused()
        return held


def answer_path(handler: Guarded, respondent: str) -> str:
    """The folder of a respondent's page; it tells nothing of who that is."""
    return f"/answer/{handler.room.passes.tag('answer', respondent)}/"


class RoomHandler(Door):
    """The room's own link, `/room/CODE`, from a projector: one chooses one's name.

    A name under which somebody has answered or joined is not offered, so that nobody sees what
    another person said.
    """

    def get(self, code: str) -> None:
        """The names that are free."""
        self._check(code)
        facts = self.room.desk.facts
        v = voice(facts.engagement.language)
        free = [
            (respondent.id, facts.engagement.respondent_name(respondent))
            for respondent in facts.engagement.respondents
            if not respondent.withdrawn and not self.room.is_taken(respondent.id)
        ]
        buttons = Markup("").join(
            Markup(
                '<button class="btn wide" name="respondent" value="{key}">{name}</button>'
            ).format(key=key, name=name)
            for key, name in sorted(free, key=lambda pair: pair[1].casefold())
        )
        body = Markup(
            '<section class="respond-card"><h1>{name}</h1><p class="lead">{lead}</p>'
            '<form method="post" class="quick">{buttons}</form>'
            '<form method="post" class="field"><label for="new">{other}</label>'
            '<input id="new" class="input" name="name" maxlength="{longest}" required>'
            '<button class="btn primary wide">{button}</button></form></section>'
        ).format(
            name=facts.engagement.organisation.name,
            lead=v.t("Who are you?"),
            buttons=buttons,
            other=v.t("My name is not here"),
            button=headings(v)["begin"],
            longest=LONGEST_NAME,
        )
        html, policy = plain_html(v.language, facts.engagement.organisation.name, body)
        self.set_header("Content-Security-Policy", policy)
        self.write(html)

    async def post(self, code: str) -> None:
        """Join under a free name, or a new one."""
        self._check(code)
        respondent = self.get_body_argument("respondent", "")
        name = self.get_body_argument("name", "").strip()
        if respondent:
            known = {r.id for r in self.room.desk.facts.engagement.respondents if not r.withdrawn}
            if respondent not in known or self.room.is_taken(respondent):
                raise HTTPError(403)
        elif name and name.isprintable() and len(name) <= LONGEST_NAME:
            respondent = await self._newcomer(name)
        else:
            raise HTTPError(403)
        joining = joining_of(self.room.invitation(respondent), respondent, self.room.today())
        self.room.session.record(invitation_change(joining), later=True, actor=respondent)
        await self.room.saved()
        held = Pass(self.room.session.key, respondent, self.room.today(), joining.serial)
        path = answer_path(self, respondent)
        self.hand_cookie(self.room.passes.write(held), path)
        self.redirect(path, status=303)

    async def _newcomer(self, name: str) -> str:
        engagement = self.room.desk.facts.engagement
        if len(engagement.respondents) >= MOST_PEOPLE:
            raise HTTPError(503)
        key = new_id(engagement, name, frozenset(r.id for r in engagement.respondents))
        changes = (
            Change(("person", key), {"name": name}),
            Change(("respondent", key), {"person": key}),
        )
        self.room.session.record(*changes, later=True, actor=key)
        await self.room.saved()
        return key

    def _check(self, code: str) -> None:
        if not hmac.compare_digest(code, self.room.code):
            raise self.refused()
