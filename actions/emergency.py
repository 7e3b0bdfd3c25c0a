"""Which help is needed first."""

from __future__ import annotations

import re

from actions.context import plain

# Somebody who has taken pills or is bleeding needs 119 first, so such words are not here.
_WISH_TO_DIE = re.compile(
    r"[死し]にたい|[死し]のう(?!か?ん)|自殺|自死|死なせて|死んで(しま|も)?(いたい|いい|おわ)"
    r"|(消え|居なくな|いなくな)(て(しま)?|り)?い?たい|生きて(い)?(る|く|いる|いく)の(が|は|も)"
    r"|生きて(い|行)?(き)?たくない|生きる(の(が|は|も)|意味)|飛び降り|飛び込もう|首(を)?[吊つ]"
    r"|リストカット|命を[絶断]"
)


def wishes_to_die(text: str) -> bool:
    """Whether the text speaks of wanting to die, for oneself or of somebody near."""
    return _WISH_TO_DIE.search(plain(text)) is not None
