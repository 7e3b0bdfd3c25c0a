"""「横浜市のカーボンゼロ」 names an initiative and does not mean Kawasaki's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.context import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_KNOWN = (
    "横浜|相模原|札幌|仙台|さいたま|千葉|新潟|静岡|浜松|名古屋|京都|大阪|堺|神戸|岡山|広島|北九州"
    "|福岡|熊本|横須賀|鎌倉|藤沢|厚木|町田|八王子|武蔵野"
)
_CITY = rf"(?:{_KNOWN})市?|(?!本市|当市|同市|全市|各市|川崎)[一-龥]{{1,3}}(?<!都)市"
_STATE = (
    r"東京(?:都|23区)?|[一-龥]{0,3}県|[一-龥]{2}府"
    r"|国(?!の(?:賞|アワード|表彰|交付|補助|法律|法令|決まり|制度|方針|指示|動き|流れ))|[一-龥]{2,4}省"
)
_LATIN = "yokohama|sapporo|nagoya|osaka|kyoto|kobe|fukuoka"
_SPOKEN = (
    "神奈川|かながわ|よこはま|ヨコハマ|さっぽろ|サッポロ|せんだい|なごや|ナゴヤ"
    f"|おおさか|オオサカ|きょうと|こうべ|コウベ|ふくおか|フクオカ|さがみはら|とうきょう|{_LATIN}"
)
"""Places as they stand in names of programmes."""
_ABROAD = "北京|パリ|ロンドン|リオ|ロサンゼルス|平昌|ソチ|ミラノ|ソウル|アテネ|シドニー"
_GAMES = re.compile(
    rf"(?:{_ABROAD}|札幌|長野)[・\s]?(?:\d{{2,4}})?年?の?(?:大会|五輪|オリンピック|パラリンピック)"
)
_GAMES_BEFORE = re.compile(
    r"(?:昭和\d{1,2}年|1964年?|64年)の(?:東京)?(?:大会|五輪|オリンピック|パラリンピック)"
)
_THESE_GAMES = re.compile(r"今度|こんど|今回|今年|ことし|2020|令和")
_KNOWN_FIRMS = (
    "トヨタ|ホンダ|日産|スズキ|マツダ|ソニー|パナソニック|東芝|日立|三菱|富士通|キヤノン|ソフトバンク|ドコモ"
    "|グーグル|アップル|アマゾン|マイクロソフト|イオン|セブンイレブン|ローソン|味の素|東急|京急|小田急"
    "|東京電力|東京ガス|nec|jfe|eneos|ntt|jr|kddi"
)
_FIRM = (
    r"(?:[ァ-ヶー一-龥]{0,8}(?:重工|汽船|電鉄|製鉄|フロンターレ|ブレイブサンダース|株式会社"
    rf"|の?(?:バイク|自動車|車|電機|電気|鉄鋼|化学)の?(?:会社|メーカー))|{_KNOWN_FIRMS})"
)
_FIRMS_OWN = re.compile(rf"{_FIRM}(?:さん)?の$")
_FIRM_DOES = re.compile(rf"{_FIRM}(?:さん)?[がで](?:や|し|取り組|進め|行|作|つく)[^、。]{{0,6}}$")
_COUNTRY = (
    "ドイツ|フランス|イギリス|英国|アメリカ|米国|中国|韓国|台湾|eu|欧州|ヨーロッパ|北欧|海外|外国"
)
_OTHER = (
    r"(?:ほか|他|よそ|別|隣|となり)の(?:市|町|県|自治体|都市)"
    r"(?!の(?:人|者|方|住民|市民|会社|子|店))"
)
_OPENING = re.compile(
    r"(?:じゃあ?|では|それでは|で|あの)?[、\s]*(?!東京の(?:五輪|オリ|パラリン|大会))"
    rf"(?:{_CITY}|{_STATE}|{_OTHER})(?:の|では|だと|は|も)"
    r"(?![^、。]{0,6}(?:賞|アワード|表彰))"
)
_HERE = re.compile(r"川崎|かわさき|カワサキ|kawasaki")
_NOT_HERE = re.compile(r"(?:川崎|かわさき)市?の?(?:ほう|方|やつ|話|こと)?(?:では|じゃ)な[くい]")
_CITY_IN_LATIN = re.compile(
    r"(?<![a-z])(?!(?:in|from|near|to|of|at|for|by|than|and|or|with|like|live) )[a-z]+ "
    rf"(?:{_LATIN}|sendai|hiroshima|chiba|saitama)(?![a-z])"
)
"""「Zero Carbon Yokohama」."""


_LAST = re.compile(rf"、(?:{_CITY}|{_STATE}|{_OTHER})の(?:話|こと)?(?:です)?[?。!\s]*$")
_OWNER = re.compile(
    rf"(?:{_CITY}|{_STATE}|{_OTHER}|{_COUNTRY})(?:の|のほうの)$"
    rf"|(?:{_CITY}|東京都|[一-龥]{{0,3}}県|[一-龥]{{2,4}}省)[がで](?:全国で)?(?:やっ|進め|作っ|出し|し)て(?:い)?る[^、。]{{0,6}}$"
    rf"|(?:{_KNOWN}|{_SPOKEN})[・\s]?$|(?:{_CITY}|{_STATE})\s$"
)
"""Right before a name."""
_OWNED = re.compile(
    rf"[」』]?(?:っていう|という|とかいう)、?(?:{_CITY}|{_STATE}|{_OTHER})の"
    rf"|(?:シティ|city)?[\s・]?(?:{_KNOWN}|{_SPOKEN})|[^。]{{0,4}}、(?:{_CITY}|{_STATE})の(?:やつ|ほう|方|話|制度)"
)
"""Right after a name."""
_HOST = re.compile(r"東京(都|23区)?の[『「\s]*$")
_GAMES_NAME = re.compile(r"[』」\s]*(五輪|オリンピック|オリパラ|パラリンピック|大会)")
_AWARD = re.compile(r"[^、。]{0,6}(賞|アワード|表彰)")
"""「県のSDGs賞」 is a prize of ours, whoever gave it."""


def is_elsewhere(text: str, names: Iterable[str] = ()) -> bool:
    """Whether the text opens with another place, or a name is that place's, or a firm's.

    Further on in a text, other places are mostly for comparison: 「町内会の支援、横浜市と同じ？」.
    """
    text = plain(text)
    parts = [text.partition(plain(name)) for name in names]
    if any(way.search(text) for way in (_GAMES, _LAST, _NOT_HERE)):
        return True
    if _GAMES_BEFORE.search(text) and not _THESE_GAMES.search(text):
        return True
    if any(_is_firms(before) or (name and _OWNED.match(after)) for before, name, after in parts):
        return True
    if _HERE.search(text):
        return False
    if _OPENING.match(text) or _CITY_IN_LATIN.search(text):
        return True
    return any(_is_theirs(*part) for part in parts)


def _is_firms(before: str) -> bool:
    return _FIRMS_OWN.search(before) is not None or _FIRM_DOES.search(before) is not None


def _is_theirs(before: str, name: str, after: str) -> bool:
    """Whether a name belongs to the place that stands before it."""
    if _HOST.search(before) and _GAMES_NAME.match(name + after):
        return False
    return _OWNER.search(before) is not None and _AWARD.match(after) is None
