"""What is remembered is what Rasa would have found out anew."""

from __future__ import annotations

import ast
import inspect

from rasa.core import processor
from rasa.core.actions.action import default_actions as rasas
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from engine.lean import lookups
from tests.engine.serving import ROOT


def test_the_default_actions_are_rasas_and_made_once() -> None:
    endpoint, other = EndpointConfig("http://127.0.0.1:1"), EndpointConfig("http://127.0.0.1:2")
    ours = lookups.default_actions(endpoint)
    assert [type(one) for one in ours] == [type(one) for one in rasas(endpoint)]
    assert ours == lookups.default_actions(endpoint)
    assert ours != lookups.default_actions(other)


def test_a_domain_is_as_empty_as_before() -> None:
    ours, none = Domain.load(ROOT / "domain.yml"), Domain.empty()
    for _ in range(2):
        assert not lookups._remembered_emptiness(ours)
        assert lookups._remembered_emptiness(none)


def test_rasas_processor_copies_for_its_debug_messages_alone() -> None:
    """Those copies are what is replaced; were there others, they would be needed."""
    tree = ast.parse(inspect.getsource(processor))
    logged = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
        for inner in ast.walk(call)
    }
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "copy"]
    assert used
    assert all(id(node) in logged for node in used)
