"""Which initiatives a question is about, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from actions.context import (
    around,
    certain,
    clear,
    in_foreground,
    is_elliptical,
    is_rejected,
    leans,
    plain,
    points_back,
    returned_to,
)
from actions.numbers import is_another
from actions.reply import ASK
from actions.short_names import sharing
from actions.signs import A_MATTER, elsewhere, is_within_longer_words
from actions.thresholds import (
    ASKING_CERTAIN,
    CANDIDATE,
    CONTEXT_AGREES,
    DESCRIPTION_WINS,
    FOREIGN_DOUBT,
    FOREIGN_FAINT,
    FOREIGN_LIKELY,
    FOREIGN_LOOK,
    FOREIGN_NONE,
    INTENT_SURE,
    MAX_ANSWERS,
    MAX_CANDIDATES,
    TOPIC_CERTAIN,
    TOPIC_POSSIBLE,
    TOPIC_SURE,
)
from actions.together import meant_of_several
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from actions.understanding import Understanding
    from bot.knowledge.loader import Knowledge


_COMPARES = re.compile(
    r"どっち|どちら|どれが|比べ|くらべ|並べ|違[いう]|ちが[いう]|同じ|おなじ|それぞれ|両方|どれも"
    r"|別々|べつべつ|セット|区別|関係|順番|順序|[たる](あと|後)[にで]"
)
_JOINED = re.compile(r"[とやも、,・&\s]|および|や?それから")


_ASKED = re.compile(r"いつ|誰|だれ|どこ|何|なに|なぜ|なんで|どう|いくら")
_ANY = re.compile(r"(?<![一-龥ァ-ヶー])(計画|制度|取り?組み?|事業|施策|構想)")
_CALLED = re.compile(
    r"[」』]?(?:って|と)(?:いう|言う|か(?:いう|言う))(?:名(?:前|称)?の)?([^、。!?\s]{1,12})"
)
_BRIEF = 14
"""Characters; so few leave out what they ask of."""
_VAGUE = 24
"""Characters; a longer text tells more than that."""
_JOINED_WITHIN = 3
"""Characters between two names that are joined."""


class Certainty(StrEnum):
    """What can be done with a topic."""

    SURE = "sure"
    """Answer."""
    POSSIBLE = "possible"
    """Ask: 「もしかして…」."""
    UNCLEAR = "unclear"
    """A question about an initiative, but about which?"""
    FOREIGN = "foreign"
    """Nothing that the address treats."""


@dataclass(frozen=True)
class Topic:
    """The initiatives that a question is, or may be, about."""

    certainty: Certainty
    initiatives: tuple[str, ...] = ()


def find_topic(u: Understanding, knowledge: Knowledge) -> Topic:
    """Asks one signal after the other; the strongest speaks first."""
    if elsewhere(u):
        return Topic(Certainty.FOREIGN)
    found = _strongest(u, knowledge)
    certain = u.mentions or u.topic.confidence >= TOPIC_CERTAIN
    shared = () if found.initiatives and certain else sharing(u, knowledge)
    if shared:
        return Topic(Certainty.POSSIBLE, shared)
    among_strange_words = u.foreign >= FOREIGN_FAINT and bool(u.unknown) and not clear(u)
    doubtful = among_strange_words and found.certainty is Certainty.SURE
    another = any(is_another(u, knowledge[one]) for one in found.initiatives)
    within = u.foreign >= FOREIGN_NONE and is_within_longer_words(u)
    if doubtful or another or within or _names_another_thing(u):
        return Topic(Certainty.POSSIBLE, found.initiatives)
    return found


def _names_another_thing(u: Understanding) -> bool:
    """Whether a name is a thing's of which no known question speaks: 「SDGsという名のパン屋」."""
    if u.foreign < FOREIGN_DOUBT:
        return False
    rests = [_CALLED.match(around(mention, u)[2]) for mention in u.mentions]
    return any(rest and any(word in rest[1] for word in u.unknown) for rest in rests)


def _strongest(u: Understanding, knowledge: Knowledge) -> Topic:
    named = main_topics(u, knowledge) or meant_of_several(u)
    if named:
        return Topic(Certainty.SURE, named)
    for signal in (_by_near_name, _by_description, _by_context):
        found = signal(u)
        if found:
            return found
    return Topic(Certainty.FOREIGN)


def main_topics(u: Understanding, knowledge: Knowledge) -> tuple[str, ...]:
    """The initiatives that the text names, without those that it names in passing.

    「SDGsの会社を市が認める制度」 names SDGs and means the certification. Of 180 such texts in the
    training data (held back), the description was right 174 times and the name 6 times, so a
    description of a closely related initiative wins; an unrelated one does not.
    """
    rejected = {m.initiative for m in u.mentions if is_rejected(m, u)}
    kept = tuple(one for one in u.named if one not in rejected)
    named, described = kept[:MAX_ANSWERS], u.topic.value
    if not named or described is None:
        return named
    beside = _beside(u, knowledge) if len(named) == 1 else None
    if beside:
        return (named[0], beside)
    if len(named) == 1 and u.topic.confidence >= DESCRIPTION_WINS:
        return (described,) if knowledge.are_close(named[0], described) else named
    if (
        described in named
        and u.topic.confidence >= TOPIC_SURE
        and not _asks_for_several(u, knowledge)
    ):
        return (described,)
    return named


def _beside(u: Understanding, knowledge: Knowledge) -> str | None:
    """What is described and compared with the one named initiative: 「…とGIGA、どっちが先」."""
    text, named = plain(u.text), u.named[0]
    others = [guess for guess in u.topics if guess.value not in {None, named}]
    if not others or _COMPARES.search(text) is None:
        return None
    other, names = others[0], [re.escape(plain(m.text)) for m in u.mentions if m.exact]
    joined = any(re.search(rf"と{name}|{name}(?:と|、)", text) for name in names)
    if joined and other.confidence >= CANDIDATE:
        return other.value
    apart = not knowledge.are_close(named, str(other.value))
    return other.value if apart and other.confidence >= TOPIC_SURE else None


def _asks_for_several(u: Understanding, knowledge: Knowledge) -> bool:
    """Whether initiatives are compared, or a second one is nearly as likely."""
    second = u.topics[1].confidence if len(u.topics) > 1 else 0.0
    compared = _COMPARES.search(plain(u.text)) is not None
    several = compared or _names_side_by_side(u) or _asks_of_each(u, knowledge)
    return second >= TOPIC_POSSIBLE or several


def _asks_of_each(u: Understanding, knowledge: Knowledge) -> bool:
    """Whether one sentence asks of each: 「GIGAはいつからで、町内会の支援はいつ出ますか」."""
    for sentence in re.split(r"[。!?]", plain(u.text)):
        named = {m.initiative for m in u.mentions if m.exact and plain(m.text) in sentence}
        apart = not any(knowledge.are_close(*pair) for pair in combinations(named, 2))
        if len(named) > 1 and apart and len(_ASKED.findall(sentence)) > 1:
            return True
    return False


def _names_side_by_side(u: Understanding) -> bool:
    """Whether two names are joined as equals: 「GIGAとカーボンゼロの目的」."""
    for one, other in pairwise(u.mentions):
        _, _, after = around(one, u)
        between, found, _ = after.partition(plain(other.text))
        if found and len(between) <= _JOINED_WITHIN and _JOINED.match(between):
            return True
    return False


def candidates(u: Understanding) -> tuple[str, ...]:
    """The initiatives that the text may mean, best first."""
    guessed = [g.value for g in u.topics if g.value and g.confidence >= CANDIDATE]
    return tuple(dict.fromkeys([*u.nearly_named, *guessed]))[:MAX_CANDIDATES]


def _by_near_name(u: Understanding) -> Topic | None:
    near = u.nearly_named
    if not near:
        return None
    if near == (u.topic.value,) and u.topic.confidence >= CONTEXT_AGREES:
        return Topic(Certainty.SURE, near)
    if u.topic.value and u.topic.confidence >= TOPIC_CERTAIN:
        return None  # 「川崎のSDGs認証」: what is described so clearly is meant
    return Topic(Certainty.POSSIBLE, candidates(u))


def _by_description(u: Understanding) -> Topic | None:
    value, confidence = u.topic.value, u.topic.confidence
    if value is None or _asks_on_of_what_is_foreign(u):
        return None
    if any(m.initiative == value and is_rejected(m, u) for m in u.mentions):
        # 「町内会費じゃなくてPTAの」; but 「五輪じゃなくて前のほう」
        return None if returned_to(u) else Topic(Certainty.FOREIGN)
    strange = _has_strange_words(u)
    if strange and confidence < TOPIC_CERTAIN and u.foreign >= FOREIGN_DOUBT:
        return Topic(Certainty.FOREIGN)
    names_no_matter = not {*u.specific, *u.unknown}
    if confidence < (TOPIC_CERTAIN if names_no_matter else TOPIC_SURE) and _fits_the_talk(u):
        return None
    vague = _is_vague(u)
    if vague and u.initiative and in_foreground(u):
        return Topic(Certainty.SURE, (u.initiative,))
    doubtful = vague or (strange and not clear(u)) or _is_like_ours(u)
    return _judged(u, doubtful=doubtful)


def _asks_on_of_what_is_foreign(u: Understanding) -> bool:
    """Whether a few common words follow a question that was turned away: 「いつゼロになる？」."""
    few = len(plain(u.text)) <= _BRIEF and not {*u.specific, *u.unknown}
    return few and u.was_turned_away and not u.mentions and not returned_to(u)


def _is_like_ours(u: Understanding) -> bool:
    """Whether a text is like what is asked of ours and may yet be about another thing.

    「東京マラソンは延期後いつ」 is more like the Games than like any foreign question known.
    """
    unsure = u.foreign >= FOREIGN_LOOK and u.asking < ASKING_CERTAIN
    return unsure and not u.mentions and u.topic.value not in u.spoken_of


def _judged(u: Understanding, *, doubtful: bool) -> Topic:
    """What the confidence in a description allows."""
    value, confidence = u.topic.value, u.topic.confidence
    continued = value == u.initiative and in_foreground(u) and confidence >= CONTEXT_AGREES
    if not doubtful and (confidence >= TOPIC_SURE or continued):
        return Topic(Certainty.SURE, (str(value),))
    if confidence >= TOPIC_POSSIBLE:
        return Topic(Certainty.POSSIBLE, candidates(u))
    asked = u.intent == ASK and u.confidence >= INTENT_SURE
    return Topic(Certainty.UNCLEAR if asked else Certainty.FOREIGN)


def _fits_the_talk(u: Understanding) -> bool:
    """Whether a clear question without a name goes on about the topic in the foreground."""
    familiar = not u.unknown and u.foreign < FOREIGN_DOUBT
    return in_foreground(u) and clear(u) and familiar and not returned_to(u)


def _has_strange_words(u: Understanding) -> bool:
    """Whether a question has words of no known question: 「待機児童はいつゼロに」.

    They outweigh a mere likeness to one of ours.
    """
    strange = [word for word in u.unknown if not word.isascii()]
    return bool(strange) and not u.mentions and u.intent == ASK


def _is_vague(u: Understanding) -> bool:
    """Whether a few common words ask for no facet: 「計画について」 may mean any plan.

    In a talk 「何のための計画なの」 asks of the present one, whatever its facet.
    """
    if in_foreground(u) and not {*u.specific, *u.unknown} and _ANY.search(plain(u.text)):
        return True
    asks_nothing = u.asked.value in {None, Facet.OVERVIEW}
    described = u.topic.value is not None and u.topic.confidence >= TOPIC_POSSIBLE
    brief = len(plain(u.text)) <= _VAGUE
    return described and asks_nothing and brief and not {*u.specific, *u.unknown}


def _by_context(u: Understanding) -> Topic | None:
    if not is_elliptical(u) and not returned_to(u) and not _fits_the_talk(u):
        return None
    last = returned_to(u) or (u.initiative if in_foreground(u) else None)
    if not last:
        strange = u.foreign >= FOREIGN_NONE and bool(u.unknown)
        strange = strange or (u.foreign >= FOREIGN_DOUBT and len(u.specific) >= A_MATTER)
        return Topic(Certainty.FOREIGN if strange else Certainty.UNCLEAR)
    known = not u.unknown and u.foreign < FOREIGN_LIKELY
    asks = clear(u) and u.asking >= (INTENT_SURE if certain(u) else ASKING_CERTAIN)
    known = known or (asks and u.foreign < FOREIGN_NONE)
    if points_back(u) or leans(u) or known:
        return Topic(Certainty.SURE, (last,))
    doubtful = u.foreign >= FOREIGN_DOUBT
    return Topic(Certainty.FOREIGN) if doubtful else Topic(Certainty.POSSIBLE, (last,))
