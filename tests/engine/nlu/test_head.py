import pytest

from engine.nlu.grams import Grams, count
from engine.nlu.head import Head

LINES = {
    "schedule": ["いつから", "いつ始まる", "開始はいつ", "いつまで", "時期はいつ"],
    "budget": ["いくら", "費用は", "予算はいくら", "お金はいくら", "値段はいくら"],
    "partners": ["誰と", "誰とやる", "どこと協力", "誰と協力", "誰が協力"],
}


def _writing(text: str) -> Grams:
    words = (text[:2], text[2:])
    return count({"text": text, "reading": text, "words": words, "senses": ()})


@pytest.fixture(scope="module")
def head() -> Head:
    lines = [(_writing(line), label) for label, lines in LINES.items() for line in lines]
    return Head().fit([writing for writing, _ in lines], [label for _, label in lines])


@pytest.mark.parametrize(
    ("text", "label"),
    [("いつですか", "schedule"), ("いくらですか", "budget"), ("誰とですか", "partners")],
)
def test_it_tells_what_it_has_learnt(head: Head, text: str, label: str) -> None:
    assert head.rank(_writing(text))[0][0] == label


def test_confidences_are_shares_surest_first(head: Head) -> None:
    confidences = [sure for _, sure in head.rank(_writing("いつ"))]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1)


def test_it_is_unsure_of_what_it_does_not_know(head: Head) -> None:
    known, unknown = head.rank(_writing("いつから")), head.rank(_writing("xyz"))
    assert unknown[0][1] < known[0][1]


def test_a_stored_head_says_the_same(head: Head, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("head")
    head.write(folder)
    assert Head.read(folder).rank(_writing("いつ")) == head.rank(_writing("いつ"))


def test_a_label_with_a_single_example_does_no_harm() -> None:
    writings = [_writing(line) for line in (*LINES["schedule"], *LINES["budget"], "その他")]
    head = Head().fit(writings, ["a"] * 5 + ["b"] * 5 + ["c"])
    assert {label for label, _ in head.rank(_writing("いつ"))} == {"a", "b", "c"}


def test_two_labels_are_enough() -> None:
    writings = [_writing(line) for line in (*LINES["schedule"], *LINES["budget"])]
    head = Head().fit(writings, ["a"] * 5 + ["b"] * 5)
    assert head.rank(_writing("いつから"))[0][0] == "a"
    assert head.rank(_writing("いくら"))[0][0] == "b"
