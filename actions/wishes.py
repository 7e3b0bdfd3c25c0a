"""What a message wants besides an answer: to be passed on, to hear it again, the same of here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.context import clear, in_foreground, plain

if TYPE_CHECKING:
    from actions.understanding import Understanding

_PASS_ON = re.compile(
    r"(市長|市役所|市|お?役所|上の?人?|担当(者|の人|の方)?|責任者|議員)(さん)?の?(ほう|方)?"
    r"(に|へ)(も|は|ちゃんと|どうか|必ず|ぜひ)?、?"
    r"(お?(伝|つた)え|(言|い)っ|申し伝え|届け)(て|と[いけ]|下さい|ください|願|いただ|頂)"
)
_AGAIN = re.compile(
    r"(もう|あと)(一|1|いち)(回|度|ぺん|遍)|もっ(かい|ぺん)|再度|繰り?返し|くりかえし"
    r"|(読め|聞き取れ|見え)な(かった|くて)"
)
_HERE = re.compile(
    r"(じゃあ?|では|で|なら|それなら|えっと|あ)?[、\s]*"
    r"(川崎|かわさき|こっち|こちら|うち|ここ)(市|んとこ)?(の|で|のほう|の方)?(は|だと|では|なら)[^。]{0,8}"
)
_TELLS = re.compile(
    r"(教え|おしえ|説明し|答え)(て|ろ|なさい|ください|下さい)|説明を|(何|なに|なん)(の(こと|事))?(です|だ)?か[、。?]"
    r"|やさしい日本語"
)
_PART = re.compile(
    r"(あなた|君|きみ|お前|おまえ|きさま|貴様)は[、\s]*(今から|いまから|これから|今日から|もう)?[^。]{1,24}(です|だ|とする|である)"
    r"|になりき|として(振る舞|ふるま|演じ|答え)|(今から|これから)(あなた|君|お前)は"
)
_COMMANDS = re.compile(
    r"(しなさい|なさい|せよ|しろ|書け|言え|答えよ|(し|書い|言っ|出し|見せ|教え|発表し|答え)て)[^。]{0,6}[。!]*$"
)
_SHORT = 24
"""Characters; a longer text wants more than to hear something again."""


def to_be_passed_on(u: Understanding) -> bool:
    """Whether somebody at the city is to be told: 「市長に言っといて」."""
    return _PASS_ON.search(plain(u.text)) is not None


def wants_again(u: Understanding) -> bool:
    """Whether a short text wants to hear the last answer again."""
    brief = len(plain(u.text)) <= _SHORT and not u.mentions and u.topic.value is None
    return brief and in_foreground(u) and not clear(u) and bool(_AGAIN.search(plain(u.text)))


def wants_told(u: Understanding) -> bool:
    """Whether the text, however cross, wants to be told something: 「日本語で説明しなさい」."""
    return _TELLS.search(plain(u.text)) is not None


def gives_a_part(u: Understanding) -> bool:
    """Whether the bot is told to be somebody else and what to say as such."""
    text = plain(u.text)
    return _PART.search(text) is not None and _COMMANDS.search(text) is not None


def asks_of_here(u: Understanding) -> bool:
    """Whether, after a question about another place, the same is asked of this: 「川崎のは？」."""
    return _HERE.fullmatch(plain(u.text)) is not None and not u.mentions
