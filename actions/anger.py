"""Who is angry at the bot needs an apology and a person, not a receipt or a list of topics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.context import plain
from actions.reply import Outcome
from actions.tell import keep
from bot.conversation.danger import is_mere_abuse

if TYPE_CHECKING:
    from actions.compose import Composer
    from actions.reply import Turn
    from actions.understanding import Understanding

_ANGER = re.compile(
    r"役立たず|役に立た[なんね]|使え(な|ね)|無能|ばか(?!り|ら)|バカ|馬鹿|あほ|アホ|ポンコツ|ぽんこつ|へっぽこ|ふざけ"
    r"|いい加減|なめ(て|と)|話に(な|なら)|話が通じ|がっかり|時間の無駄|答えになって(い)?な|答えられな"
    r"|くそ|クソ|むかつ|ムカつ|腹(が)?立"
)
_OUTBURST = 14
"""Characters; a longer outburst has something to pass on."""


def is_angry(u: Understanding) -> bool:
    """Whether the words are those of anger or disappointment."""
    return _ANGER.search(plain(u.text)) is not None or is_mere_abuse(u.text)


def is_outburst(u: Understanding) -> bool:
    """Whether there is nothing but anger."""
    return is_angry(u) and len(plain(u.text)) <= _OUTBURST


def calm(u: Understanding, say: Composer) -> Turn:
    """An apology, and the offer of a person."""
    choices = (say.person(), say.menu_choice())
    return keep(u, say.plain(Outcome.SMALLTALK, "smalltalk_anger", *choices))
