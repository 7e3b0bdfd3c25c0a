"""Words that mean danger to life, recognised by rule, before the engine and without it.

The rule is narrow: 「暑くて死ぬ」 or 「財政は火の車」 must not set it off. What it leaves, the
engine's classifier may still find.
"""

from __future__ import annotations

import re
import unicodedata

# Somebody who has taken pills or is bleeding needs 119 first, so such words are not here.
_WISH_TO_DIE = re.compile(
    r"死にたい|しにたい(?![しす])|死のう(?!か?ん)|(?:^|もう|[、。\s])しのう|自殺|自死|死なせて|死んで(しま|も)?(いたい|いい|おわ)"
    r"|(消え|居なくな|いなくな)(て(しま)?|り)?い?たい|生きて(い)?(る|く|いる|いく)の(が|は|も)"
    r"|生きて(い|行)?(き)?たくない|生きる(の(が|は|も)|意味)|飛び降り|飛び込もう|首(を)?[吊つ]"
    r"|リストカット|命を[絶断]|じさつ|遺書|[死し]んだ(ほう|方)が(まし|マシ|いい)|死ぬ(って言|ことばかり)"
    r"|生きる(の|こと)?に疲れ"
    r"|want to die|kill(ing)? myself|end my (own )?life|suicid|(don't|do not) want to live"
    r"|想死|不想活|活不下去|自杀",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"(橋|ビル|マンション|屋上|崖|がけ|線路|駅のホーム|踏切|ベランダ|手すり|柵)の?(上|端|はし|外|縁|前|そば)?"
    r"に?(い(ます|る)|立って|来(て|ま)|きて|座って|です)"
)
"""A place from which one could fall; with a farewell, somebody may be about to."""
_FAREWELL = re.compile(
    r"さよなら|さようなら|バイバイ|ばいばい|お別れ|疲れ(た|まし|果て)|つかれ(た|まし)|楽になり|らくになり"
    r"|もう(いい|無理|むり|限界|終わり|おわり)|最後に|誰かに(聞|話)|だれかに(き|はな)|ありがとうございました"
)
_PERSON = r"(父|母|親|祖父|祖母|夫|妻|主人|旦那|息子|娘|人|子|男|女|さん|じい|ばあ)"
_DANGER = re.compile(
    r"火事(です|だ|が起き|になっ|なんです|！|!|$)|(燃え|もえ)て(い?ます|い?る|んの)"
    r"|(煙|火)が(出て|見え|上が|あが)|ガス(の?におい|の匂い|が漏れ|臭い|くさい)"
    r"|意識(が|も)?(ない|無い|ありません|なく|戻ら|もうろう)|(息|呼吸)[をがも]?(して(い)?(ない|ません)|止ま|とま)"
    r"|(息|呼吸)が(でき|出来)(ない|ません)|心臓が(止ま|とま|痛)|(血|出血)が(止まら|とまら|たくさん|いっぱい)"
    r"|(119|110)番?(して|したほう|した方|する(べき|の)|に(電話|かけ|連絡)|を?呼)"
    r"|救急車(を|お)?(呼|よ)(んで|びた)|救急車(お願い|おねがい|を?お願い|たのむ|頼む)"
    rf"|{_PERSON}[^。]{{0,8}}(倒れ|たおれ)(て|た(?!ら)|まし)|ぐったり|痙攣|けいれん|ろれつが|呼びかけても"
    r"|血を(吐|流)|(喉|のど)に?[^。]{0,6}(詰ま|つま)|電池を飲|首を[絞締し]め|下敷き|生き埋め|中に取り残され"
    r"|(川|海|池|水|中州|線路|ホーム)[^。、]{0,6}(流されて|沈[みん]|落ち(て|た|まし)|取り残され)|閉じ込められ"
    r"|虐待(され|じゃ|かも|してしま)|ぎゃくたい|監禁され|誘拐|ストーカーが|痴漢に|殺すって|脅されて"
    r"|溺れ|おぼれ(て|た)|(車|電車)に(ひかれ|はねられ|轢かれ)|薬を?[^。]{0,6}(飲んでしま|のんでしま|飲んじゃ)"
    r"|薬を?[^。]{0,4}(全部|ぜんぶ|大量に|たくさん|いっぱい)[^。]{0,3}[飲の](んだ|みまし|んで)"
    r"|(包丁|ナイフ|刃物|銃)[をで]?([^。]{0,3}(持っ|もっ)|振り?回|ふりまわ|突き?つけ|つきつけ|向け)|刺され|殺され(る|そう|かけ)|殴られ(て|た|ました)"
    r"|(泥棒|強盗|不審者)[がにを]?(入|い(る|ま)|来|き(た|て))|あとをつけられ|襲われ"
)
_DANGER_FOREIGN = re.compile(
    r"there('s| is| was) (a |an )?(fire|gas leak|explosion)"
    r"|(house|home|flat|apartment|kitchen) (is )?(on fire|burning)"
    r"|(man|guy|person|someone|somebody|he|she|husband|wife)[^.!?]{0,30}"
    r"(with|has|holding) (a |an )?(knife|gun)"
    r"|not breathing|(can't|cannot|can not) breathe|unconscious|heart attack"
    r"|bleeding (a lot|badly|heavily)|(has |just )collapsed|call an ambulance"
    r"|(breaking|broke|broken) into (my|our|the) |being (attacked|followed|robbed)"
    r"|着火了|起火了|救命|昏倒|没有呼吸|沒有呼吸|拿[着著]?刀|有人[闯闖]"
    r"|抢劫|搶劫|叫救护车|叫救護車",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(税金|物価|仕事|宿題|残業|試験|財政|暑|寒|眠|笑|借金|恥ずかし|先生|かみさん)[^。]{0,8}(殺され|死に|溺れ|刺され)"
    r"|(情熱|やる気|闘志|心)[^。]{0,4}燃え|対岸の火事|火の車[^。、]{0,8}火事|(財政|家計|財布|懐|予算)[がはも]?(燃え|炎上)|(蚊|虫|蜂|ハチ)に刺され|(かと思|ほど|くらい|ぐらい)[うっ、]?(驚|びっくり|した|だ)|殺される[〜~わ]"
    r"|(止ま|とま|倒れ|殺され|死ぬ)[^。]{0,3}(かと思|ほど|くらい|ぐらい)"
    r"|(点|テスト|成績|締め?切|遅刻|ばれ|バレ|怒られ|資料|課題|レポート|発表|間に合わ)[^。]{0,16}殺され|殺され(る|そう|ちゃう)[wｗ笑]"
    r"|(可愛|かわい|びっくり|驚|感動|嬉し|うれし|笑)[^。]{0,12}(心臓|息)が"
)
_THIEVES_OF_TAXES = re.compile(r"税金(泥棒|ドロボー?|どろぼー?)")
_LONG_AGO = re.compile(
    r"(去年|一昨年|おととし|昨年|先月|昔|むかし|以前|当時|(子ども?|若い|小さい|現役)の?(頃|ころ|とき|時)"
    r"|[\d一二三四五六七八九十数]+(年|か月|ヶ月|カ月|ヵ月)(ほど|くらい|も)?前)(?!から)(?:(?!今|いま|また)[^。!?]){0,25}$"
)
"""What happened then is no danger now: 「去年父が倒れて」."""
_SHORT_CALL = re.compile(
    r"(助けて|たすけて|火事|かじ|救急車|きゅうきゅうしゃ)(ください|お願い|おねがい|です)?[!！。、っー~〜\s]*"
)


def help_needed(text: str) -> str | None:
    """The key of the text that helps first: `emergency_life`, `emergency`, or None."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _FIGURE.search(plain):
        return None
    if _wishes_to_die(plain):
        return "emergency_life"
    if _is_danger_now(plain) or _SHORT_CALL.fullmatch(plain):
        return "emergency"
    return None


def is_mere_abuse(text: str) -> bool:
    """Whether a word of crime is none of danger: 「税金泥棒」."""
    return _THIEVES_OF_TAXES.search(unicodedata.normalize("NFKC", text)) is not None


def wishes_to_die(text: str) -> bool:
    """Whether the text speaks of wanting to die, for oneself or of somebody near."""
    return _wishes_to_die(unicodedata.normalize("NFKC", text))


def _wishes_to_die(plain: str) -> bool:
    says_so = _WISH_TO_DIE.search(plain) is not None
    return says_so or (_EDGE.search(plain) is not None and _FAREWELL.search(plain) is not None)


def _is_danger_now(plain: str) -> bool:
    if _DANGER_FOREIGN.search(plain):
        return True
    return any(not _LONG_AGO.search(plain[: found.start()]) for found in _DANGER.finditer(plain))
