"""Training data put together by us is what Rasa would have put together."""

from __future__ import annotations

from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.lean import training_data


def _data(*texts: str) -> TrainingData:
    return TrainingData(
        [Message.build(text, intent="ask") for text in texts],
        {"CO2": "二酸化炭素"},
        [{"name": texts[0], "pattern": "x"}],
        [],
        {"utter_x": [{"text": texts[0]}]},
    )


def test_the_same_lines_in_the_same_order_each_once() -> None:
    parts = [_data("いつ", "どこ"), _data("どこ", "だれ"), _data("いつ", "なぜ")]
    ours = training_data._merged(*parts, None)
    rasas = parts[0].merge(*parts[1:], None)
    assert ours.training_examples == rasas.training_examples
    assert [one.get("text") for one in ours.training_examples] == ["いつ", "どこ", "だれ", "なぜ"]
    for name in ("entity_synonyms", "regex_features", "lookup_tables", "responses"):
        assert getattr(ours, name) == getattr(rasas, name)


def test_equal_messages_have_equal_hashes() -> None:
    one, other = Message.build("いつ", intent="ask"), Message.build("いつ", intent="ask")
    assert one == other
    assert training_data._hash(one) == training_data._hash(other)


def test_no_state_of_the_data_counts_as_known() -> None:
    data = _data("いつ")
    assert training_data._never_seen_before(data) != training_data._never_seen_before(data)
