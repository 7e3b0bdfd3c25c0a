from __future__ import annotations

import pytest

from actions import decide
from actions.figures import differing
from tests.actions.city import SAY, heard

FACTS = ["令和2年（2020年）に始まりました。", "2050年までに、300を超える事業者や団体と進めます。"]
AWARD = ["平間小学校の取組が、第4回ジャパンSDGsアワードで受賞しました。"]


@pytest.mark.parametrize(
    ("text", "facts", "figures"),
    [
        ("2030年までにゼロですよね", FACTS, ("2030年",)),
        ("２０３０までにゼロですよね", FACTS, ("2030年",)),
        ("2050年までですよね", FACTS, ()),
        ("令和2年からですか", FACTS, ()),
        ("平成27年からじゃないんですか", FACTS, ("平成27年",)),
        ("賛同は50社だけなんでしょ", FACTS, ("50社",)),
        ("300団体が賛成なんですよね", FACTS, ()),
        ("去年の4月に越してきましたが、いつから", FACTS, ()),
        ("受賞したのは桜小学校ですよね", AWARD, ("桜小学校",)),
        ("川崎の小学校が受賞したんですか", AWARD, ()),
        ("第3回で受賞したんですよね", AWARD, ("第3回",)),
        ("2030年ですよね", ["協力して進めます。"], ()),
    ],
)
def test_tells_figures_that_the_facts_contradict(
    text: str, facts: list[str], figures: tuple[str, ...]
) -> None:
    assert differing(heard(text), facts) == figures


def test_a_figure_of_the_name_is_none() -> None:
    assert differing(heard("カーボンゼロ2030はいつ", named="carbon=カーボンゼロ2030"), FACTS) == ()


def test_the_fact_comes_first_and_the_difference_is_said() -> None:
    u = heard(
        "カーボンゼロは2018年からですよね", named="carbon=カーボンゼロ", facets={"schedule": 0.9}
    )
    (reply,) = decide.ask(u, SAY).replies
    assert reply.text.index("令和2年（2020年）") < reply.text.index("「2018年」")
