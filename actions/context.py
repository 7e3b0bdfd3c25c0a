"""When a message leans on what was said before it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from actions.reply import ASK
from actions.thresholds import INTENT_SURE

if TYPE_CHECKING:
    from actions.reply import Payload
    from actions.understanding import Understanding

_RETURN = re.compile(
    r"(さっき|先ほど|さきほど|前|元|もと|最初)の(話|質問|件|やつ|ほう|方)|戻[っるりしろ]"
)
_POINTER = re.compile(
    r"(で|じゃあ?|あと|ちなみに|えっと)?[、,\s]*(それ|これ|あれ|その(件|話|計画|制度|取組|取り組み))"
    r"(って|は|を|が|も|の|に|、|,)"
)
_SHORT = 20
"""Characters; a longer text mostly names what it is about further on."""
_FIRST = re.compile(r"最初の")
_LEAD = (
    r"(じゃあ?|では|それでは|それじゃあ?|それなら|なら|あと|あとは|で|ちなみに|え|えっと)?[、,\s]*"
)
_ABOUT = r"(に関して|について|の?ほう|の?方|の?場合|の?とき)*"
_TAIL = rf"{_ABOUT}(は|も|って|なら|だと|では|どう|です|でしょう|か)*"
_NAME_ONLY = re.compile(rf"{_LEAD}{_TAIL}[\s。、!?…]*")


def plain(text: str) -> str:
    """The text in one width and case."""
    return unicodedata.normalize("NFKC", text).lower().strip()


def in_foreground(u: Understanding) -> bool:
    """Whether the last topic is still what the conversation is about.

    After a foreign question the facet is unset: 「それはいつ」 would mean the foreign thing.
    """
    return u.initiative is not None and u.facet is not None


def is_elliptical(u: Understanding) -> bool:
    """Whether the text asks something and leaves out of what.

    Only a sure question whose words point to no topic does, or one that opens with 「それ」. A
    question about something that the address does not treat is no `ask`, and so never gets the
    last topic's facts.
    """
    asks = u.intent == ASK and u.confidence >= INTENT_SURE
    return (asks or points_back(u)) and u.topic.value is None and not u.mentions


def points_back(u: Understanding) -> bool:
    """Whether a short text opens with a word for what was just spoken of: 「それはいつから」."""
    text = plain(u.text)
    return len(text) <= _SHORT and _POINTER.match(text) is not None


def returned_to(u: Understanding) -> str | None:
    """The earlier topic that 「さっきの話」 goes back to, or None if the text does not go back."""
    text = plain(u.text)
    if not _RETURN.search(text):
        return None
    others = [one for one in u.earlier if one != u.initiative]
    if not others or (u.initiative and not in_foreground(u)):
        return u.initiative
    return others[0] if _FIRST.search(text) else others[-1]


def names_only(u: Understanding) -> bool:
    """Whether the text is a name and nothing else: 「町内会」, 「じゃあ町内会のほうは？」."""
    return bool(u.mentions) and _NAME_ONLY.fullmatch(_without_names(u)) is not None


def asks_the_same(u: Understanding) -> bool:
    """Whether the last question is asked of another initiative: 「じゃあ町内会は？」."""
    return names_only(u) and bool(re.search(r"\w", _without_names(u))) and in_foreground(u)


def offered_for(u: Understanding, initiative: str) -> Payload | None:
    """What was offered last of this initiative, if it was one thing."""
    found = [payload for payload in u.offer if payload.initiative == initiative]
    return found[0] if len(found) == 1 else None


def _without_names(u: Understanding) -> str:
    text = plain(u.text)
    for mention in u.mentions:
        text = text.replace(plain(mention.text), "", 1)
    return text.strip()
