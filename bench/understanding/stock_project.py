"""A Rasa project with the stock pipeline, made from our own training data.

In stock Rasa what is asked has to be an intent, so the pair of initiative and facet is one. A
follow-up names no initiative; which one it is about, TED has to learn from stories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from bench.understanding.sets import ROOT
from engine.knowledge import FACETS

if TYPE_CHECKING:
    from pathlib import Path

NONE = "none"
"""Stands for the initiative in the intent of a follow-up."""
SEPARATOR = "__"
_FALLBACK = "nlu_fallback"
_LONGEST = 10_000


def write_project(folder: Path, epochs: int, longest: int = _LONGEST) -> None:
    """Writes config, domain, examples, rules and stories into a folder.

    Args:
        folder: Where to.
        epochs: How often DIET and TED go through their data; Rasa's default is 100 or more.
        longest: Longer lines are left out. DIET pads a batch to its longest line, so few long ones
            make all training slow.
    """
    examples = _examples(longest)
    asked = sorted(intent for intent in examples if SEPARATOR in intent)
    fixed = [*sorted(set(examples) - set(asked)), _FALLBACK]
    initiatives = sorted({intent.split(SEPARATOR)[1] for intent in asked} - {NONE})
    told = [f"{one}{SEPARATOR}{facet}" for one in initiatives for facet in FACETS]
    _write(folder, "config", _config(epochs))
    utterances = {f"utter_{one}": [{"text": one}] for one in [*fixed, *told]}
    _write(folder, "domain", {"intents": sorted({*examples, _FALLBACK}), "responses": utterances})
    nlu = [{"intent": intent, "examples": lines} for intent, lines in examples.items()]
    rules = [{"rule": one, "steps": _step(one, one)} for one in fixed]
    stories = [_story(*one.split(SEPARATOR), set(asked)) for one in told]
    _write(folder, "data", {"nlu": nlu, "rules": rules, "stories": stories})


def _config(epochs: int) -> dict[str, Any]:
    """As `rasa init` writes it, with GiNZA as spaCy's model."""
    learns = {"epochs": epochs, "constrain_similarities": True}
    pipeline: list[dict[str, Any]] = [
        {"name": "SpacyNLP", "model": "ja_ginza"},
        {"name": "SpacyTokenizer"},
        {"name": "SpacyFeaturizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        # Small batches: more steps out of few epochs.
        {"name": "DIETClassifier", "batch_size": 32, **learns},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]
    policies: list[dict[str, Any]] = [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "TEDPolicy", "max_history": 5, **learns},
    ]
    head = {"recipe": "default.v1", "assistant_id": "stock", "language": "ja"}
    return {**head, "pipeline": pipeline, "policies": policies}


def _examples(longest: int) -> dict[str, str]:
    """The lines of `data/nlu`, an intent each initiative and facet."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "data/nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            intent = _intent(block["intent"], block.get("metadata") or {})
            lines = block["examples"].splitlines()
            short = [f"{line}\n" for line in lines if 0 < len(line.strip()) <= longest]
            found[intent] = found.get(intent, "") + "".join(short)
    return found


def _intent(intent: str, about: dict[str, Any]) -> str:
    if intent != "ask":
        return intent
    return SEPARATOR.join(["ask", about.get("initiative") or NONE, about.get("facet") or FACETS[0]])


def _story(initiative: str, facet: str, asked: set[str]) -> dict[str, Any]:
    """The initiative's overview, a follow-up, and the same asked with the initiative named."""
    first = f"{initiative}{SEPARATOR}{FACETS[0]}"
    told = f"{initiative}{SEPARATOR}{facet}"
    steps = _step(f"ask{SEPARATOR}{first}", first)
    for intent in (f"ask{SEPARATOR}{NONE}{SEPARATOR}{facet}", f"ask{SEPARATOR}{told}"):
        if intent in asked:
            steps += _step(intent, told)
    return {"story": told, "steps": steps}


def _step(intent: str, told: str) -> list[dict[str, str]]:
    return [{"intent": intent}, {"action": f"utter_{told}"}]


def _write(folder: Path, name: str, content: dict[str, Any]) -> None:
    text = yaml.safe_dump({"version": "3.1", **content}, allow_unicode=True, sort_keys=False)
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
