"""A graph gives the same, run by Dask and run by us."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from engine.lean import graph_run

RAN: list[str] = []


class Join(GraphComponent):
    """Puts together what it is given."""

    def __init__(self, name: str) -> None:
        self._name = name

    @classmethod
    def create(cls, config: dict[str, Any], *_rest: Any, **_more: Any) -> Join:
        return cls(config["name"])

    def run(self, **given: str) -> str:
        RAN.append(self._name)
        return f"{self._name}({','.join(f'{key}={given[key]}' for key in sorted(given))})"


def _node(name: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs, Join, "create", "run", {"name": name}, eager=True)


SCHEMA = GraphSchema(
    {
        "last": _node("last", left="left", right="right"),
        "left": _node("left", first="first"),
        "right": _node("right", first="first", said="__message__"),
        "first": _node("first", said="__message__"),
        "unused": _node("unused", said="__message__"),
    }
)


@pytest.fixture
def runner(tmp_path: Any) -> DaskGraphRunner:
    RAN.clear()
    storage = LocalModelStorage.create(tmp_path)
    return DaskGraphRunner.create(SCHEMA, storage, ExecutionContext(SCHEMA))


def test_the_outputs_are_those_of_dask(runner: DaskGraphRunner) -> None:
    given = {"__message__": "x"}
    for targets in (["last"], ["right", "left"], ["first"]):
        assert graph_run._run(runner, given, targets) == runner.run(given, targets)


def test_each_node_runs_once_and_only_what_is_needed(runner: DaskGraphRunner) -> None:
    graph_run._run(runner, {"__message__": "x"}, ["last"])
    assert sorted(RAN) == ["first", "last", "left", "right"]
    assert RAN[0] == "first"
    assert RAN[-1] == "last"


def test_what_nothing_provides_is_named(runner: DaskGraphRunner) -> None:
    with pytest.raises(GraphRunError, match="__message__"):
        graph_run._run(runner, {}, ["last"])


def test_an_input_named_like_a_node_is_refused(runner: DaskGraphRunner) -> None:
    with pytest.raises(GraphRunError, match="first"):
        graph_run._run(runner, {"first": "x", "__message__": "y"}, ["last"])
