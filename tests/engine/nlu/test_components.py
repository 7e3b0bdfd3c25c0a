from pathlib import Path
from types import ModuleType

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu import featurizer, tokenizer
from engine.nlu.classifiers import CitizenIntentClassifier, FacetClassifier, TopicClassifier
from engine.nlu.examples import KnowledgeExamples
from engine.nlu.featurizer import GramFeaturizer
from engine.nlu.mentions import MentionExtractor
from engine.nlu.senses import WordSenses
from engine.nlu.tokenizer import GinzaTokenizer
from engine.nlu.vocabulary import UnknownWords

ASKED = {
    ("carbon_zero", "schedule"): [
        "カーボンゼロチャレンジはいつから",
        "脱炭素戦略はいつ始まった",
        "二酸化炭素を減らすのはいつから",
        "温暖化対策はいつ始まるの",
    ],
    ("carbon_zero", "partners"): [
        "カーボンゼロチャレンジは誰と",
        "脱炭素戦略は誰とやるの",
        "二酸化炭素を減らすのは誰と",
        "温暖化対策は誰と協力",
    ],
    ("sdgs", "schedule"): ["SDGsはいつから", "17の目標はいつ始まった", "国連の目標はいつから"],
    ("sdgs", "partners"): ["SDGsは誰と", "17の目標は誰とやるの", "国連の目標は誰と協力"],
}
GREETINGS = ["こんにちは", "おはよう", "こんばんは", "やあ", "はじめまして"]


class Trained:
    """The components in the order of the pipeline, trained, stored, and loaded again."""

    def __init__(self, knowledge: Path, folder: Path) -> None:
        context = ExecutionContext(GraphSchema({}), "test")
        storage = LocalModelStorage.create(folder)
        config = {"knowledge": str(knowledge)}
        data = KnowledgeExamples(knowledge).process_training_data(TrainingData(_lines()))
        cutter = GinzaTokenizer(GinzaTokenizer.get_default_config())
        data = cutter.process_training_data(data)
        self._steps = [cutter]
        for component in (
            MentionExtractor,
            WordSenses,
            GramFeaturizer,
            CitizenIntentClassifier,
            TopicClassifier,
            FacetClassifier,
            UnknownWords,
        ):
            resource = Resource(component.__name__)
            trained = component.create(config, storage, resource, context)
            if component is not GramFeaturizer:
                trained.train(data)
            if component in (MentionExtractor, WordSenses, GramFeaturizer):
                data = trained.process_training_data(data)
            self._steps.append(component.load(config, storage, resource, context))

    def understand(self, text: str) -> dict[str, object]:
        messages = [Message.build(text)]
        for step in self._steps:
            messages = step.process(messages)
        return messages[0].as_dict(only_output_properties=True)


def _lines() -> list[Message]:
    asked = [
        Message.build(
            text, intent="ask", intent_metadata={"initiative": initiative, "facet": facet}
        )
        for (initiative, facet), texts in ASKED.items()
        for text in texts
    ]
    return [*asked, *(Message.build(text, intent="greeting") for text in GREETINGS)]


@pytest.fixture
def trained(knowledge: Path, tmp_path: Path) -> Trained:
    folder = tmp_path / "storage"
    folder.mkdir()
    return Trained(knowledge, folder)


def test_a_question_is_understood_in_all_its_parts(trained: Trained) -> None:
    understood = trained.understand("カーボンゼロチャレンジはいつ始まりましたか")
    assert understood["intent"]["name"] == "ask"
    assert understood["mentions"] == [
        {"initiative": "carbon_zero", "text": "カーボンゼロチャレンジ", "kind": "exact"}
    ]
    assert understood["topics"][0]["initiative"] == "carbon_zero"
    assert understood["facets"][0]["facet"] == "schedule"


def test_every_label_is_told_with_its_confidence(trained: Trained) -> None:
    understood = trained.understand("国連の目標は誰とやるの")
    assert {topic["initiative"] for topic in understood["topics"]} == {
        "carbon_zero",
        "sdgs",
        "sdgs_certification",
        None,
    }
    assert sum(topic["confidence"] for topic in understood["topics"]) == pytest.approx(1, abs=0.01)
    assert understood["intent"] == understood["intent_ranking"][0]


def test_other_talk_is_about_none_of_them(trained: Trained) -> None:
    understood = trained.understand("こんにちは")
    assert understood["intent"]["name"] == "greeting"
    assert understood["topics"][0]["initiative"] is None


def test_an_initiative_without_training_lines_is_known_by_its_file(trained: Trained) -> None:
    understood = trained.understand("SDGs登録・認証制度は誰とやるの")
    assert understood["mentions"][0]["initiative"] == "sdgs_certification"
    assert understood["topics"][0]["initiative"] == "sdgs_certification"
    assert understood["facets"][0]["facet"] == "partners"


def test_a_word_that_no_line_uses_is_taken_like_one_of_its_meaning(trained: Trained) -> None:
    known, unknown = (
        trained.understand(f"国連の目標は誰と{word}するの")["facets"][0]
        for word in ("協力", "提携")
    )
    assert known["facet"] == unknown["facet"] == "partners"


@pytest.mark.parametrize(
    "text",
    [
        "いつからではなくて、誰と協力するのかを聞いています",
        "いつからじゃなくて誰と",
        "いつからかはもういいので、誰と協力するの",
    ],
)
def test_what_is_turned_down_is_not_asked(trained: Trained, text: str) -> None:
    assert trained.understand(text)["facets"][0]["facet"] == "partners"


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("市だけで始めるわけじゃないですよね、誰と協力するの", "partners"),
        ("誰と協力するの。始まる時期を疑うのではなく、ただの心配です", "partners"),
        ("いつから始まるの、まだじゃないよね", "schedule"),
    ],
)
def test_a_question_in_the_negative_turns_nothing_down(
    trained: Trained, text: str, facet: str
) -> None:
    assert trained.understand(text)["facets"][0]["facet"] == facet


def test_pictures_are_no_words(trained: Trained) -> None:
    assert trained.understand("いつから✨✨")["unknown"] == []


def test_a_greeting_asks_for_no_facet(trained: Trained) -> None:
    assert trained.understand("おはよう")["facets"][0]["facet"] is None


def test_words_that_name_a_matter_are_told(trained: Trained) -> None:
    understood = trained.understand("待機児童はいつから")
    assert understood["unknown"] == understood["specific"] == ["待機児童"]


@pytest.mark.parametrize("text", ["", " ", "\u200b", "👍", "?!", "{}", "x" * 2000])
def test_any_text_at_all_gets_an_intent(trained: Trained, text: str) -> None:
    assert trained.understand(text)["intent"]["name"] in {"ask", "greeting"}


def test_changed_knowledge_changes_the_fingerprint(knowledge: Path) -> None:
    config = {"knowledge": str(knowledge)}
    for component in (KnowledgeExamples, MentionExtractor):
        before = component.fingerprint_addon(config)
        (knowledge / "sdgs.yml").write_text(f"id: sdgs\nname: {component.__name__}\n")
        assert component.fingerprint_addon(config) != before


@pytest.mark.parametrize(
    ("text", "writings"),
    [
        ("国連の目標は誰と", 1),  # nothing masked, nothing turned down: one text for all heads
        ("カーボンゼロチャレンジは誰と", 2),
        ("カーボンゼロチャレンジがいつからかではなくて、誰と協力するのか", 3),
    ],
)
def test_nothing_is_computed_twice_for_a_message(
    trained: Trained, monkeypatch: pytest.MonkeyPatch, text: str, writings: int
) -> None:
    calls: dict[str, int] = {}

    def counted(module: ModuleType, name: str) -> None:
        original = getattr(module, name)

        def call(*given: object) -> object:
            calls[name] = calls.get(name, 0) + 1
            return original(*given)

        monkeypatch.setattr(module, name, call)

    counted(tokenizer, "tokenise")
    counted(tokenizer, "normalise")
    counted(featurizer, "count")
    trained.understand(text)
    assert calls == {"tokenise": 1, "normalise": 1, "count": writings}
