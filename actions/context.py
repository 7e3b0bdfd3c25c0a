"""When a message leans on what was said before it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from actions.reply import ASK
from actions.thresholds import (
    FACET_CERTAIN,
    FACET_CLEAR,
    FOREIGN_FAINT,
    FOREIGN_LIKELY_BRIEF,
    INTENT_SURE,
)

if TYPE_CHECKING:
    from actions.reply import Payload
    from actions.understanding import Mention, Understanding

_RETURN = re.compile(
    r"(さっき|先ほど|さきほど|前|元|もと|最初|さいしょ|はじめ|初め)の"
    r"(.{1,12}の)?(話|はなし|質問|しつもん|件|やつ|ほう|方|に(戻|もど))|戻[っるりしろ]|もど(って|り|る)"
    r"|(さっき|先ほど|前|最初|さいしょ|はじめ|初め)に(聞|言|話|き|い)(いた|った|した)(の|ほう|方|やつ|件|話)"
)
_POINTER = re.compile(
    r"(で|じゃあ?|あと|ちなみに|えっと)?[、,\s]*(それ(?!はそう)|これ|あれ|その(件|話|計画|制度|取組|取り組み))"
    r"(って|は|を|が|も|の|に|、|,)"
)
_POINTER_LAST = re.compile(r"[、,\s](それ|これ|あれ)(って)?[?。!\s]*$")
_POINTERS = {
    "前者",
    "後者",
    "両方",
    "両者",
    "二つ",
    "2つ",
    "後",
    "先",
    "最初",
    "最後",
    "比べる",
    "比較",
}
"""Content words that point to what was spoken of."""
_SHORT = 20
"""Characters; a longer text mostly names what it is about further on."""
_BRIEF = 12
"""Characters; so short a text has a single thought."""
_WONDERS = re.compile(
    r"(の|か|かな|かしら|かね|んだろう?|でしょう?|っけ|よね|じゃない|じゃなくて(?=\?))[?!。、…~ー\s]*$"
)
_WISHES = re.compile(
    r"べき|ほし|欲し|くれ|ください|下さい|もらえ|やめ|止め|反対|賛成|もっと|しろ|せよ|おかし|ひど|すぎ"
    r"|残念|無駄|むだ|意味(が)?な|いい加減|ふざけ|ばか|馬鹿"
    r"|いらな|要らな|不要|結構|もういい|いいかな"
)
_ADDS = re.compile(r"も(知り|しり|教|おしえ|聞|お願い|おねがい|よろしく|[?。]|$)")
"""「申込方法も教えて」 goes on about the same matter."""
_GOES_ON = re.compile(r"(なら|じゃあ?|それなら|それじゃあ?|では|で、|そしたら|となると)")
_FIRST = re.compile(r"(最初|さいしょ|はじめ|初め)[のに]")
# What stands around a mere name: the wish to hear of it, a correction, particles.
_AROUND = re.compile(
    r"(?:に(関して|ついて)|(する|した|な|っていう|という|って)?の?(こと|話|件|ほう|方|場合|とき|やつ)|教えて|おしえて|聞かせて|説明して"
    r"|(知り|しり|聞き|きき|お聞きし|お伺いし|伺い)た(いの?|くて?|かったの?)|お?(伺|うかが)いし?ます"
    r"|ください|下さい|ほしい|欲しい|くれ(る|ます)?|お?願い|おねがい|(いた)?します|です|でした|でしょう|だ(よ|けど|と)?"
    r"|[んの]?(です|だ)?(が|けれ?ど)|ん(です|だ)|ちょっと|少し|よろしい(です)?か?|打?ち?(間違|まちが)えました|失礼(しました)?|すみません|ごめん|(違|ちが)(う|い)(ます)?"
    r"|(では|じゃ|や)なくて?|そう|そっち|それ|いやいや|いや|あ|え|えっと|そっか|そうか|なるほど|へえ|ふーん|ふうん|わか(った|りました)|分か(った|りました)|了解|ok|はい|うん|わたし|私|じゃあ?|それなら|なら|あと|ちなみに"
    r"|(なん|何|ナン)(とか|たら|ちゃら|トカ)|だったら|もう(一つ|ひとつ|片方)の?|残りの|別の|どう(かな|じゃ|ですか)?|[はがをにもでとよねかやー]|だと|って|の|[\W_])*"
)
_AROUND_MOST = 40
"""Characters; more than that asks or tells something, and would take long to be told apart."""
_DEFINED = re.compile(r"とは|って(何|なに|なん)")


_REJECTED = re.compile(
    r"[費員長館]?(の(こと|話|件|ほう|方|やつ))?(では|じゃ|で)(は)?な[いくか]|以外|とは別"
)


@lru_cache(maxsize=2048)  # all names and facts of some dozen initiatives, and the texts of now
def plain(text: str) -> str:
    """The text in one width and case."""
    return unicodedata.normalize("NFKC", text).lower().strip()


def around(mention: Mention, u: Understanding) -> tuple[str, str, str]:
    """What stands before a name in the text, the name, and what stands after it."""
    return plain(u.text).partition(plain(mention.text))


def is_rejected(mention: Mention, u: Understanding) -> bool:
    """Whether the text turns this name down: 「GIGAじゃなくて」."""
    return _REJECTED.match(around(mention, u)[2]) is not None


def clear(u: Understanding) -> bool:
    """Whether the words ask for a facet beyond doubt."""
    return u.asked.value is not None and u.asked.confidence >= FACET_CLEAR


def certain(u: Understanding) -> bool:
    """The same, so surely that little else is needed."""
    return u.asked.value is not None and u.asked.confidence >= FACET_CERTAIN


def in_foreground(u: Understanding) -> bool:
    """Whether the last topic is still what the conversation is about.

    After a foreign question the facet is unset: 「それはいつ」 would mean the foreign thing.
    """
    return u.initiative is not None and u.facet is not None


def asks_barely(u: Understanding) -> bool:
    """Whether a text clearly asks for a facet, in words that name no matter: 「背景もよろしく」."""
    return clear(u) and not u.mentions and u.topic.value is None and _names_no_matter(u)


def _names_no_matter(u: Understanding) -> bool:
    """Whether all content words are of the kind that questions of any matter use.

    A few words with one such facet (「締め切りは」, 「いくら足りないの」) need not be of that kind,
    if they do not sound foreign.
    """
    if not {*u.specific, *u.unknown} - _POINTERS:
        return True
    brief = len(plain(u.text)) <= _BRIEF and u.asked.confidence >= FACET_CERTAIN
    if not brief or u.unknown:
        return False
    if _ADDS.search(plain(u.text)):
        return u.foreign < FOREIGN_LIKELY_BRIEF
    return u.foreign < FOREIGN_FAINT and u.asking > u.foreign


def leans(u: Understanding) -> bool:
    """Whether such a text goes on about the topic in the foreground.

    It does, whatever the words alone sound like: the engine judges each message without those
    before it.
    """
    return in_foreground(u) and asks_barely(u)


def wonders(u: Understanding) -> bool:
    """Whether a few words doubt what was just told and ask about it: 「間に合うの？」.

    It is no opinion, as long as it wishes for nothing and brings no matter of its own.
    """
    text = plain(u.text)
    return (
        in_foreground(u)
        and len(text) <= _SHORT
        and u.topic.value is None
        and not (u.mentions or u.unknown)
        and u.foreign < FOREIGN_FAINT
        and _WONDERS.search(text) is not None
        and _WISHES.search(text) is None
    )


def opens_as_next(u: Understanding) -> bool:
    """Whether a text opens as the next question of a talk, and its facet is certain."""
    return in_foreground(u) and certain(u) and _GOES_ON.match(plain(u.text)) is not None


def is_elliptical(u: Understanding) -> bool:
    """Whether the text asks something and leaves out of what.

    Only a sure question whose words point to no topic does, or one that opens with 「それ」. A
    question about something that the address does not treat is no `ask`, and so never gets the
    last topic's facts.
    """
    asks = u.intent == ASK and u.confidence >= INTENT_SURE
    return (asks or points_back(u) or asks_barely(u)) and u.topic.value is None and not u.mentions


def points_back(u: Understanding) -> bool:
    """Whether the last sentence is short and opens or ends with 「それ」 or the like."""
    text = plain(u.text)
    *_, text = [part for part in re.split(r"(?<=[。!?])\s*", text) if part] or [text]
    pointer = _POINTER.match(text) or _POINTER_LAST.search(text)
    return len(text) <= _SHORT and pointer is not None


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
    """Whether the text is a name and asks nothing of it: 「町内会」, 「町内会のほうを教えて」."""
    if not u.mentions:
        return False
    rest = _without_names(u)
    if len(rest) > _AROUND_MOST:
        return False
    return _AROUND.fullmatch(rest) is not None and _DEFINED.search(rest) is None


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
        # A name in katakana may go on: グリーンリカバーリー.
        more = "[ァ-ヶー]{0,2}" if re.search(r"[ァ-ヶー]$", mention.text) else ""
        text = re.sub(re.escape(plain(mention.text)) + more, "", text, count=1)
    return text.strip()
