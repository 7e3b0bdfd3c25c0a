"""Initiatives that no city has, with what people would ask about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# 32 × 32 names; every place goes with every thing, so that names share their parts as real ones do.
_PLACES = (
    *("みどり台", "若葉", "汐見", "花見坂", "風の丘", "月見野", "星ヶ丘", "水鏡", "雲居", "霧島台"),
    *("朝日原", "夕凪", "鈴懸", "桐畑", "柿の木", "竹の里", "松風", "梅園", "桜堤", "藤棚"),
    *("石橋", "木漏れ日", "泉谷", "滝見", "渚", "浜風", "灯台前", "舟入", "鷺沼台", "蛍沢"),
    *("狐塚", "兎山"),
)
_THINGS = (
    *("雨水タンク", "図書室", "夜間保育", "朝市", "移動販売車"),
    *("自転車置き場", "落ち葉堆肥", "傘の貸し出し", "避難かまど", "子ども食堂"),
    *("手話講座", "合唱祭", "屋上菜園", "街路灯", "古着回収"),
    *("入浴支援", "見守り電話", "囲碁大会", "ドッグラン", "水琴窟"),
    *("ため池", "紙芝居", "防犯ブザー", "駅前ピアノ", "給水所"),
    *("昔話集", "花いかだ", "段差解消", "竹灯り", "読み聞かせ"),
    *("絵手紙", "縁台"),
)
_KINDS = ("プラン", "プロジェクト", "計画", "推進事業")
_STATED = {
    "overview": "{name}は、{place}で{thing}を広める取組です。",
    "purpose": "{thing}で、{place}の暮らしをよくすることを目指します。",
    "schedule": "令和3年{month}月（2021年{month}月）に始まります。",
    "partners": "{place}の町の人たちと一緒に進めます。",
    "target": "{place}に{count}か所つくるのが目標です。",
}
_ASKED = {
    "overview": ("{name}って何ですか", "{short}について教えて"),
    "purpose": ("{name}は何のためにやるの", "{short}のねらいを知りたい"),
    "schedule": ("{name}はいつ始まるの", "{short}はいつからですか"),
    "partners": ("{name}は誰とやるんですか", "{short}は誰と進めるの"),
    "target": ("{name}の目標は", "{short}の数値目標を教えてください"),
}


def names(count: int) -> Iterator[dict[str, Any]]:
    """What is known of each: its ID, names and the numbers in its facts."""
    for number in range(count):
        # Neighbours in this order share neither place nor thing.
        place = _PLACES[number % len(_PLACES)]
        thing = _THINGS[(number + number // len(_PLACES)) % len(_THINGS)]
        short = f"{place}の{thing}"
        kind = _KINDS[number % len(_KINDS)]
        yield {
            "id": f"made_up_{number:04}",
            "name": f"{place}{thing}{kind}",
            "short": short,
            "place": place,
            "thing": thing,
            "month": number % 12 + 1,
            "count": number % 90 + 10,
        }


def write(folder: Path, count: int) -> None:
    """One knowledge file an initiative."""
    yaml = YAML()
    for one in names(count):
        facets = {
            facet: [{"fact": text.format(**one), "paragraph": 1}] for facet, text in _STATED.items()
        }
        place, thing = one["place"], one["thing"]
        descriptions = [
            f"{place}のあたりに{thing}を用意する話",
            f"{place}に住む人のための{thing}",
            f"{thing}を{place}でもっと使えるようにする市の取組",
        ]
        knowledge = {
            "id": one["id"],
            "name": one["name"],
            "aliases": [one["short"], f"{place}{thing}"],
            "descriptions": descriptions,
            "facets": facets,
        }
        with (folder / f"{one['id']}.yml").open("w", encoding="utf-8") as file:
            yaml.dump(knowledge, file)


def questions(count: int, at_most: int) -> list[tuple[str, str, str]]:
    """Question, initiative and facet; spread evenly over initiatives and facets."""
    found = [
        (text.format(**one), one["id"], facet)
        for one in names(count)
        for facet, texts in _ASKED.items()
        for text in texts
    ]
    step = max(len(found) // at_most, 1)
    # Neither 2 nor 5 divides it, so that all wordings and facets have their turn.
    while step % 2 == 0 or step % 5 == 0:
        step += 1
    return found[::step][:at_most]
