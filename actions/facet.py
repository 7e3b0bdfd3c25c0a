"""What is asked of an initiative."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.context import asks_the_same, clear, names_only, offered_for, plain, wonders
from actions.thresholds import FACET_CLEAR, FACET_SURE, SECOND_FACET
from actions.together import meant_of_several
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from actions.understanding import Understanding
    from bot.knowledge.schema import Initiative


_FIRST = re.compile(
    r"(どっち|どちら|どれ(?!も)).{0,4}(先(?![送生日月週])|さき|早|はや|遅)"
    r"|(先(?![送生日月週])|早|遅).{0,8}(どっち|どちら|どれ(?!も))"
)


_WHY = re.compile(
    r"(なんで(?!し[たょ]|す)|何で(?![すし])|なぜ|何故|どうして|どういうわけで|なにゆえ).{0,25}"
    r"(や[るっりろ]|す[るん]|しよう|し(て|た)|作|つく|始|はじ|進め|取り組|とりく|必要|力を入れ)"
    r"|(する|やる|作る|つくる|進める|始める|取り組む)(理由|わけ)"
)
"""Asks for whatever made the city do it: the cause, or the aim."""
_PROGRESS = re.compile(r"進ん|進捗|進み|すすん|順調|うまくい|立ち直|回復|好転|どうなって")
"""「進んでますか」: where no result is stated, it is how the thing stands."""
_RESULTS = re.compile(r"結果|成果|実績|達成|いったこと|でき(た|あがった)(こと|もの)")
_SAME = re.compile(
    r"(後者|前者|ほう|方|やつ|[一-龥ァ-ヶー])も(同様|同じ|おなじ|一緒|いっしょ|そう(なの|です|[?。]|$))"
)
_TURNS_TO = re.compile(
    r"(ほう|方|やつ|のこと|片っ?[方ぽ])(は|だと|なら|では|も)?(どう(です|でしょう)?(か)?)?[?。]?$|と(比べ|くらべ)(たら|ると)[^。]{0,6}$"
)
"""「町内会のほうだと？」 asks the same of that."""
_NAMES = 20
"""Characters; a longer text does more than to say which is meant."""
_ASKS = re.compile(
    r"[?]|何|なに|なん|どんな|どう|とは|誰|だれ|いつ|どこ|いくら|なぜ|内容|中身|概要|か[。\s]*$"
)
_REASONS = (Facet.BACKGROUND, Facet.PURPOSE)


def asked_facets(u: Understanding, initiative: Initiative) -> tuple[Facet, ...]:
    """One facet, or the two that were honestly asked for; the overview where none is clear."""
    kept = _kept(u, initiative.id)
    if kept:
        return (Facet(kept),)
    if _FIRST.search(u.text):
        return (Facet.SCHEDULE,)
    guessed = guessed_facets(u)
    if guessed == (Facet.ACHIEVEMENTS,) and not initiative.facets.get(Facet.ACHIEVEMENTS):
        progress = _PROGRESS.search(u.text) and not _RESULTS.search(u.text)
        progress = progress or u.asked.confidence < FACET_CLEAR
        guessed = (_best_summary(initiative),) if progress else guessed
    same = bool(_SAME.search(u.text)) and len(u.text) <= _NAMES
    if (same or not guessed) and u.facet and initiative.id in meant_of_several(u):
        return (Facet(u.facet),)
    turns = not guessed and _TURNS_TO.search(plain(u.text)) is not None
    if u.facet and not clear(u) and (same or turns or _doubts_a_figure(u)):
        return (Facet(u.facet),)
    if _WHY.search(u.text) and set(guessed) <= {*_REASONS, Facet.OVERVIEW}:
        reasons = tuple(facet for facet in _REASONS if facet in initiative.facets)
        return reasons or guessed or (_REASONS[0],)
    return guessed or (_best_summary(initiative),)


def _doubts_a_figure(u: Understanding) -> bool:
    """「300の間違いじゃなくて？」 stays with what was asked."""
    return wonders(u) and re.search(r"\d", plain(u.text)) is not None


def guessed_facets(u: Understanding) -> tuple[Facet, ...]:
    """The facets that the words themselves ask for; none if they are unclear or a mere name."""
    clicked = u.asked.confidence == 1.0
    if names_only(u) and not clicked:
        return ()
    if u.apart:
        return tuple(Facet(value) for value in u.apart[:2])
    both = len(u.facets) > 1 and u.facets[1].confidence >= SECOND_FACET
    sure = [g.value for g in u.facets if g.value and g.confidence >= FACET_SURE]
    return tuple(Facet(value) for value in sure[: 2 if both else 1])


def _kept(u: Understanding, initiative: str) -> str | None:
    """The facet asked before, if the text only says of what: after 「どの取組」, or 「Xは？」."""
    offered = offered_for(u, initiative)
    if not names_only(u):
        # 「学校のタブレットです」 tells which, in words of its own.
        tells = u.facet is None and len(plain(u.text)) <= _NAMES and not _ASKS.search(plain(u.text))
        return offered.facet if tells and offered else None
    if offered and offered.facet:
        return offered.facet
    return u.facet if asks_the_same(u) else None


def _best_summary(initiative: Initiative) -> Facet:
    return Facet.OVERVIEW if Facet.OVERVIEW in initiative.facets else initiative.stated[0]
