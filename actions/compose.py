"""Writes replies about initiatives, with facts from the knowledge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions.reply import ASK, HANDOFF, LINE_INFO, MENU, Choice, Outcome, Payload, Reply
from bot.knowledge.schema import Facet
from bot.worded import Worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actions.content import Content
    from bot.knowledge.schema import Initiative

MAX_RELATED = 2
"""Related initiatives offered with an answer; the facets come first."""


class Composer:
    """Writes the replies of all outcomes that carry content."""

    def __init__(self, content: Content) -> None:
        """Takes facts and texts."""
        self.knowledge = content.knowledge
        self._words = content.wording
        self._line = content.call_line
        self._hours = content.hours

    def about(self, initiative: str, facet: Facet) -> Reply:
        """The stated facts with their sources; or that nothing is stated, and what is."""
        one = self.knowledge[initiative]
        facts = self.knowledge.facts(initiative, facet)
        if not facts:
            return self._not_stated(one, facet)
        text = self._words.render(
            "answer",
            name=one.name,
            facet=self._facet(facet),
            facts=Worded.joined("\n", (Worded(fact.fact, fact.easy) for fact in facts)),
        )
        sources = dict.fromkeys(source for fact in facts for source in fact.sources)
        others = [*self._facets(one, but=facet), *self.initiatives(one.related[:MAX_RELATED])]
        return Reply(Outcome.ANSWER, text, initiative, facet, tuple(sources), tuple(others))

    def with_correction(self, reply: Reply, figures: tuple[str, ...]) -> Reply:
        """The same reply, saying that the address has other figures than the citizen's."""
        named = "".join(f"「{figure}」" for figure in figures)
        differs = self._words.render("answer_differs", figures=named)
        return replace(reply, text=Worded.joined("\n", (reply.text, differs)))

    def _not_stated(self, one: Initiative, facet: Facet) -> Reply:
        stated = Worded.joined("、", map(self._facet, one.stated))
        text = self._words.render(
            "not_stated", name=one.name, facet=self._facet(facet), stated=stated
        )
        choices = (self.person(), *self._facets(one))
        return Reply(Outcome.NOT_STATED, text, one.id, facet, choices=choices)

    def suggest(self, initiatives: tuple[str, ...], facet: str | None) -> Reply:
        """「もしかして…」, with the candidates as choices."""
        names = [self.knowledge[one].name for one in initiatives]
        if len(names) == 1:
            text = self._words.render("suggest_one", name=names[0])
        else:
            numbered = "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))
            text = self._words.render("suggest_several", candidates=numbered)
        choices = (*self.initiatives(initiatives, facet), self.person(), self.menu_choice())
        return Reply(Outcome.SUGGEST, text, choices=choices)

    def which(self, key: str, facet: str | None = None, but: str | None = None) -> Reply:
        """Asks which initiative is meant; the facet that was asked is kept in the choices."""
        others = [one for one in self.knowledge.ids if one != but]
        choices = tuple(self.initiatives(others, facet))
        return Reply(Outcome.CLARIFY, self._words.render(key), choices=choices)

    def menu(self) -> Reply:
        """What one can ask."""
        choices = tuple(self.initiatives(self.knowledge.ids))
        return Reply(Outcome.MENU, self._words.render("menu"), choices=choices)

    def menu_of(self, initiative: str) -> Reply:
        """What one can ask of one initiative."""
        one = self.knowledge[initiative]
        text = self._words.render("menu_of_one", name=one.name)
        choices = tuple(self._facets(one))
        return Reply(Outcome.MENU, text, initiative, choices=choices)

    def out_of_scope(self, ours: Iterable[str] = (), facet: str | None = None) -> Reply:
        """That the address does not say, who may know, and what Kawasaki does of the kind."""
        text = self._words.render("out_of_scope", phone=self._line.phone, hours=self._hours)
        line = Choice(self._words.render("label_line_info"), Payload(LINE_INFO))
        choices = (self.person(), *self.initiatives(ours, facet), line, self.menu_choice())
        return Reply(Outcome.OUT_OF_SCOPE, text, choices=choices)

    def line_info(self) -> Reply:
        """How to reach the call line, as of the day when that was read."""
        line = self._line
        text = self._words.render(
            "line_info",
            phone=line.phone,
            fax=line.fax,
            hours=self._hours,
            source=line.source,
            as_of=line.as_of_in_words,
        )
        return Reply(Outcome.LINE_INFO, text, choices=(self.person(), self.menu_choice()))

    def plain(self, outcome: Outcome, key: str, *choices: Choice) -> Reply:
        """A reply that is one fixed text."""
        return Reply(outcome, self._words.render(key), choices=choices)

    def again(self, key: str, offer: tuple[Payload, ...]) -> Reply:
        """The same choices once more, with another text."""
        choices = tuple(Choice.named(self._label(p, offer), p) for p in offer)
        return Reply(Outcome.CLARIFY, self._words.render(key), choices=choices)

    def person(self) -> Choice:
        """The offer of a person."""
        return Choice(self._words.render("label_handoff"), Payload(HANDOFF))

    def menu_choice(self) -> Choice:
        """The offer of the menu."""
        return Choice(self._words.render("label_menu"), Payload(MENU))

    def initiatives(self, ids: Iterable[str], facet: str | None = None) -> list[Choice]:
        """Initiatives as choices."""
        return [Choice.named(self.knowledge[one].name, Payload(ASK, one, facet)) for one in ids]

    def labels(self, payload: Payload) -> tuple[str, ...]:
        """All that a citizen may call an offered choice."""
        words = (self._facet(Facet(payload.facet)),) if payload.facet else ()
        if payload.initiative:
            return (*self.knowledge[payload.initiative].names, *words)
        return (self._words.render(f"label_{payload.intent}"),)

    def _label(self, payload: Payload, offer: tuple[Payload, ...]) -> str:
        """A facet's name where several of one initiative stand side by side."""
        siblings = [other for other in offer if other.initiative == payload.initiative]
        return self.labels(payload)[-1 if payload.facet and len(siblings) > 1 else 0]

    def _facets(self, one: Initiative, but: Facet | None = None) -> list[Choice]:
        others = [facet for facet in one.stated if facet != but]
        return [Choice(self._facet(f), Payload(ASK, one.id, f)) for f in others]

    def _facet(self, facet: Facet) -> Worded:
        return self._words.render(f"facet_{facet}")
