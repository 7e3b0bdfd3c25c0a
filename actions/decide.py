"""One function an action: what a message that was understood in this way is answered with."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from actions import fixed
from actions.anger import calm, is_angry, is_outburst
from actions.context import (
    asks_the_same,
    certain,
    clear,
    in_foreground,
    names_only,
    opens_as_next,
    plain,
    points_back,
    returned_to,
    wonders,
)
from actions.facet import guessed_facets
from actions.follow import follow
from actions.offers import picked
from actions.repair import meant_facet, meant_initiative, switches_facet
from actions.reply import ASK, Outcome
from actions.signs import (
    as_question,
    asks_after_all,
    asks_at_all,
    describes_ours,
    elsewhere,
    goes_on,
    is_described,
    is_misspelt,
    is_ours,
    two_signals,
)
from actions.tell import aside, keep, tell
from actions.thresholds import (
    ASKING_FAINT,
    EMERGENCY_FAINT,
    EMERGENCY_SURE,
    FOREIGN_DOUBT,
    FOREIGN_FAINT,
    FOREIGN_SURE,
    HANDOFF_SURE,
    INTENT_SURE,
    LINE_INFO_SURE,
    MAX_CANDIDATES,
    OPINION_CLEAR,
    OPINION_SURE,
    TALK_SURE,
)
from actions.together import meant_of_several
from actions.topic import Certainty, Topic, find_topic, main_topics
from actions.wishes import (
    asks_of_here,
    gives_a_part,
    to_be_passed_on,
    wants_again,
    wants_told,
)
from bot.conversation.danger import is_mere_abuse
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from actions.compose import Composer
    from actions.reply import Payload, Turn
    from actions.understanding import Understanding

_READABLE = re.compile(r"\w")
_DECLINES = re.compile(
    r"((つな|繋)[がい]|呼ば|代わら|替わら)[なん](くて|で)(も)?"
    r"|(人|職員|オペレーター)[^。]{0,8}(いらな|要らな|不要|いいです|まだいい|結構です)"
)
_THANKS = re.compile(r"ありがと|有難う|有り難う|さんきゅ|サンキュ|thank|谢谢|感謝")
_ASKS = re.compile(
    r"何(?!も)|いつ(?!も)|誰|だれ|どこ|どっち|どちら|どう(?!せ)|なぜ|なんで|いくら"
    r"|[?か]$|ですか|ますか"
)
_LINE = re.compile(r"サンキュー?コール|さんきゅーこーる|電話|番号|何時|時間|受付|窓口|休み|[?か]$")
_YES = re.compile(r"はい|ええ|うん|お願い|おねがい|ぜひ|是非")
_WRONG = re.compile(r"(?<!間)違|(?<!ま)ちが|(間違|まちが)え|ではな|(じゃ|で)な(い|くて?)[、。]")
_CALL_ME = re.compile(
    r"(職員|担当|係|そちら)[^。]{0,10}(連絡|電話|折り?返)|折り?返し|(連絡|電話)(して|を?ください|を?下さい|を?お願い)"
)
_NUMBER = re.compile(r"(番号|電話|連絡先|内線)[^。]{0,8}(教え|おし|おせ|知り|何番|なんばん)")
_REQUESTS = re.compile(
    r"て(ください|下さい|ほしい|もらえ|くれ|頂け|いただけ)|[りきいしちみびえけせてねべめれ]たい|して[。\s]*$|忘れ|お願い"
)
_MISHEARD = {"thanks", "goodbye", "deny"}
"""What a doubting question may sound like: 「本当に助かるのかな」."""
_SMALLTALK = {"greeting", "thanks", "goodbye", "bot_challenge", "chitchat", "deny", "affirm"}


def ask(u: Understanding, say: Composer) -> Turn:
    """A question: the facts, or what has to be known first."""
    if not _READABLE.search(u.text):
        return _unreadable(u, say)
    return _wish(u, say) or _by_topic(u, say)


def _wish(u: Understanding, say: Composer) -> Turn | None:
    """What is wanted besides an answer, if anything."""
    if to_be_passed_on(u):
        return fixed.opinion(u, say)
    if u.initiative and wants_again(u):
        return tell(u.about(u.initiative, u.facet), (u.initiative,), say)
    if asks_of_here(u) and len(_asks(u)) == 1:
        return follow(u, _asks(u), say)
    return None


def _by_topic(u: Understanding, say: Composer) -> Turn:
    """What is known of the topic, or the question which one is meant."""
    topic = find_topic(u, say.knowledge)
    if topic.certainty is Certainty.SURE:
        return tell(u, topic.initiatives, say)
    if topic.certainty is Certainty.POSSIBLE and (u.mentions or not is_angry(u)):
        return _suggest(u, topic, say)
    return _of_nothing(u, topic, say)


def _of_nothing(u: Understanding, topic: Topic, say: Composer) -> Turn:
    """A question that names and describes nothing of ours."""
    facet = next(iter(guessed_facets(u)), None)
    if is_angry(u):
        return calm(u, say)
    if topic.certainty is Certainty.FOREIGN:
        return _turned_away(u, say)
    if u.was_turned_away:
        return aside(u, say.out_of_scope())  # it goes on about what the address does not treat
    return aside(u, say.which("clarify_initiative", facet))


def out_of_scope(u: Understanding, say: Composer) -> Turn:
    """A foreign question; if the engine doubts that, a named initiative is not turned away."""
    if not _READABLE.search(u.text):
        return _unreadable(u, say)
    named = asks_the_same(u) or (not u.unknown and is_ours(u)) or is_misspelt(u)
    if describes_ours(u) or named or asks_at_all(u):
        return ask(as_question(u), say)
    if to_be_passed_on(u):
        return fixed.opinion(u, say)
    doubt = u.confidence < INTENT_SURE or points_back(u)
    doubt = doubt or (u.foreign < FOREIGN_SURE and is_described(u))
    topic = find_topic(u, say.knowledge) if doubt else Topic(Certainty.FOREIGN)
    if topic.certainty is Certainty.SURE and (two_signals(u) or points_back(u)):
        return tell(u, topic.initiatives, say)
    if topic.initiatives:
        return _suggest(u, topic, say)
    return _turned_away(u, say)


def _turned_away(u: Understanding, say: Composer) -> Turn:
    """Nothing of ours; who asks of another city's is offered what Kawasaki does."""
    named = u.named if len(u.named) == 1 and elsewhere(u) else ()
    facet = next(iter(guessed_facets(u)), None)
    return aside(u, say.out_of_scope(named, facet))


def smalltalk(u: Understanding, say: Composer) -> Turn:
    """Greeting, thanks and the like; a question that comes along with them is answered."""
    if u.named and u.intent in {"greeting", "thanks"}:
        return tell(u, main_topics(u, say.knowledge), say)
    doubts = u.intent in _MISHEARD and wonders(u)
    if asks_after_all(u) or asks_at_all(u) or asks_the_same(u) or doubts or wants_again(u):
        return ask(as_question(u), say)
    if is_angry(u):
        return calm(u, say)
    if u.confidence < TALK_SURE and is_described(u) and not in_foreground(u):
        return ask(as_question(u), say)  # a name in a writing of its own: 「かーほんぜろ」
    kind = u.intent if u.intent in _SMALLTALK else "chitchat"
    return keep(u, say.plain(Outcome.SMALLTALK, f"smalltalk_{kind}", say.menu_choice()))


def menu(u: Understanding, say: Composer) -> Turn:
    """What one can ask; 「最初の話に戻って、いつから？」 is a question, though."""
    if asks_after_all(u) or goes_on(u) or (returned_to(u) and guessed_facets(u)):
        return ask(as_question(u), say)
    return fixed.menu(u, say)


def line_info(u: Understanding, say: Composer) -> Turn:
    """The call line; 「登録料はかかりますか」 is a question about the topic, though."""
    if _THANKS.search(plain(u.text)) and _LINE.search(plain(u.text)) is None:
        return smalltalk(replace(u, intent="thanks"), say)
    doubt = u.confidence < LINE_INFO_SURE
    if doubt and u.unknown and u.foreign >= FOREIGN_DOUBT and not u.mentions:
        return aside(u, say.out_of_scope())  # 「粗大ごみの受付に電話がつながらない」
    asks = goes_on(u) or (doubt and opens_as_next(u))
    return ask(as_question(u), say) if asks else fixed.line_info(u, say)


def emergency(u: Understanding, say: Composer) -> Turn:
    """Danger; 「何を助けてくれるの」 only sounds so."""
    doubt = u.confidence < EMERGENCY_SURE and wonders(u)
    if is_mere_abuse(u.text) and is_outburst(u) and not doubt:
        return calm(u, say)
    if u.confidence < EMERGENCY_FAINT:
        return aside(u, say.out_of_scope())
    return ask(as_question(u), say) if doubt else fixed.emergency(u, say)


def handoff(u: Understanding, say: Composer) -> Turn:
    """A person is wanted; 「誰とやるの」 only sounds so."""
    if _DECLINES.search(plain(u.text)):
        return smalltalk(replace(u, intent="deny"), say)
    asks_on = goes_on(u) or (asks_after_all(u, ASKING_FAINT) and certain(u))
    doubt = u.confidence < HANDOFF_SURE and asks_on
    return ask(as_question(u), say) if doubt else fixed.handoff(u, say)


def opinion(u: Understanding, say: Composer) -> Turn:
    """An opinion; an impatient question about the topic is answered, though."""
    if not _READABLE.search(u.text):
        return _unreadable(u, say)
    about = in_foreground(u) or bool(u.named)
    sounds_so = _ASKS.search(plain(u.text)) is not None
    asks = about and u.asking >= ASKING_FAINT and clear(u) and sounds_so
    asks = asks or (about and u.asking >= INTENT_SURE and certain(u))
    asks = asks or (sounds_so and bool(meant_of_several(u)))
    asks = asks or (wants_told(u) and clear(u) and (about or is_described(u)))
    if asks or goes_on(u) or wonders(u) or names_only(u):
        return ask(as_question(u), say)
    if is_outburst(u):
        return calm(u, say)
    if gives_a_part(u) or (u.confidence < OPINION_CLEAR and u.foreign >= FOREIGN_FAINT):
        return aside(u, say.out_of_scope())
    return fixed.opinion(u, say) if u.confidence >= OPINION_SURE else _hardly_said(u, say)


def _hardly_said(u: Understanding, say: Composer) -> Turn:
    """What may be no opinion: taken down it would become a receipt for staff to work off."""
    if u.named:
        return ask(as_question(u), say)  # 「音声入力がおかしくて。町内会です」
    choices = (say.person(), say.menu_choice())
    return keep(u, say.plain(Outcome.CLARIFY, "clarify_nothing_offered", *choices))


def affirm(u: Understanding, say: Composer) -> Turn:
    """「はい」 takes the last offer, if it was one thing."""
    if u.mentions:
        return choose(u, say)
    if _THANKS.search(plain(u.text)):
        return smalltalk(replace(u, intent="thanks"), say)
    plainly = _YES.match(plain(u.text)) is not None and not certain(u) and bool(u.offer)
    asks_on = (goes_on(u) and not plainly) or (certain(u) and wonders(u))
    if asks_on or meant_of_several(u):
        return ask(as_question(u), say)
    if not u.offer:
        return smalltalk(u, say) if _YES.match(plain(u.text)) else _nothing_offered(u, say)
    asks = _asks(u)
    taken = asks if u.offer[0].intent == ASK else u.offer[:1]
    if len(taken) == 1:
        return follow(u, taken, say)
    return keep(u, say.again("clarify_offer", u.offer))


def deny(u: Understanding, say: Composer) -> Turn:
    """「いいえ」 turns the last offer down; after 「もしかして…」, it is asked in another way."""
    if u.mentions:
        return repair(u, say)
    if _WRONG.search(plain(u.text)):
        return repair(u, say)
    if asks_after_all(u):
        return ask(as_question(u), say)
    if u.offer and u.offer[0].intent == ASK and u.facet is None:
        return aside(u, say.which("clarify_after_no", u.offer[0].facet))
    return smalltalk(replace(u, intent="deny"), say)


def choose(u: Understanding, say: Composer) -> Turn:
    """「2番目」, 「町内会のほう」: picks from what was offered last."""
    if elsewhere(u):
        return _turned_away(u, say)
    asks = (bool(u.named) and clear(u)) or bool(meant_of_several(u))
    if asks or goes_on(u) or asks_the_same(u):
        return ask(as_question(u), say)
    found = picked(u, say.labels)
    if found:
        return follow(u, _as_asked(found, u), say)
    topic = find_topic(u, say.knowledge)
    if topic.certainty is Certainty.SURE:
        return tell(u, topic.initiatives, say)
    if topic.initiatives:
        return _suggest(u, topic, say)
    return _ask_again(u, topic, say)


def _as_asked(chosen: tuple[Payload, ...], u: Understanding) -> tuple[Payload, ...]:
    """The chosen question, of the facet that the words surely ask for: 「最初の、いつから」."""
    if len(chosen) > 1 or chosen[0].intent != ASK or not certain(u):
        return chosen
    return (replace(chosen[0], facet=u.asked.value),)


def _ask_again(u: Understanding, topic: Topic, say: Composer) -> Turn:
    """None of the choices, if there were any, is what the text means."""
    if u.offer:
        return keep(u, say.again("clarify_offer", u.offer))
    if topic.certainty is Certainty.FOREIGN and u.specific:
        return aside(u, say.out_of_scope())
    return _nothing_offered(u, say)


def repair(u: Understanding, say: Composer) -> Turn:
    """Something else was meant: another initiative, another facet, or nothing that was said."""
    if elsewhere(u):
        return _turned_away(u, say)
    if wonders(u) and not _WRONG.search(plain(u.text)):
        return ask(as_question(u), say)
    if wants_again(u):
        return ask(as_question(u), say)
    meant, facet = meant_initiative(u), meant_facet(u)
    if meant:
        return tell(u.about(meant, facet), (meant,), say)
    if u.initiative and switches_facet(u):
        return tell(u.about(u.initiative, facet), (u.initiative,), say)
    return keep(u, say.which("repair_which", facet, but=u.initiative))


def personal_data(u: Understanding, say: Composer) -> Turn:
    """Asks not to write such things; a question that comes along with them is answered."""
    warning = say.plain(Outcome.CLARIFY, "personal_data")
    if _CALL_ME.search(plain(u.text)):
        return fixed.handoff(u, say).after(warning)
    topic = find_topic(u, say.knowledge)
    if topic.certainty is Certainty.SURE:
        if not clear(u) and _NUMBER.search(plain(u.text)):
            u = u.about(topic.initiatives[0], Facet.CONTACT)
        elif not clear(u) and _REQUESTS.search(plain(u.text)):
            # 「冊子を送ってください」: what one can do, or that nothing is said of it.
            u = u.about(topic.initiatives[0], Facet.PARTICIPATION)
        return tell(u, topic.initiatives, say).after(warning)
    if topic.certainty is Certainty.FOREIGN and u.foreign >= FOREIGN_DOUBT:
        return aside(u, say.out_of_scope()).after(warning)
    if clear(u) and u.unknown and u.topic.value is None:
        return aside(u, say.out_of_scope()).after(warning)
    choices = (say.person(), say.menu_choice())
    return keep(u, say.plain(Outcome.CLARIFY, "personal_data", *choices))


def _unreadable(u: Understanding, say: Composer) -> Turn:
    return keep(u, say.plain(Outcome.CLARIFY, "clarify_unreadable", say.menu_choice()))


def _nothing_offered(u: Understanding, say: Composer) -> Turn:
    return keep(u, say.plain(Outcome.CLARIFY, "clarify_nothing_offered", say.menu_choice()))


def _asks(u: Understanding) -> tuple[Payload, ...]:
    """The questions about initiatives among what was offered last."""
    return tuple(payload for payload in u.offer if payload.intent == ASK)


def _suggest(u: Understanding, topic: Topic, say: Composer) -> Turn:
    """Asks back, unless just one of the possible initiatives was offered a moment ago."""
    asks = _asks(u) if u.facet is None else ()
    again = [payload for payload in asks if payload.initiative in topic.initiatives]
    plainly = len(asks) <= MAX_CANDIDATES or is_described(u)
    if len(again) == 1 and plainly:
        return follow(u, again, say)
    facet = next(iter(guessed_facets(u)), None)
    return aside(u, say.suggest(topic.initiatives, facet))
