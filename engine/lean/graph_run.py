"""Rasa's graph, run node after node, without Dask.

Rasa builds a Dask graph of the nodes anew for each run, three times a message, and lets Dask find
an order in it: 1 ms a message. The order is always the same for the same targets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

if TYPE_CHECKING:
    from rasa.engine.graph import GraphSchema

Step = tuple[str, tuple[str, ...]]
"""A node's name and the names of what it needs."""

_steps: WeakKeyDictionary[DaskGraphRunner, dict[tuple[str, ...], list[Step]]] = WeakKeyDictionary()


def replace() -> None:
    """Makes Rasa's runner run that way."""
    DaskGraphRunner.run = _run


def steps(schema: GraphSchema, targets: list[str]) -> list[Step]:
    """The nodes that the targets need, each after all that it needs itself."""
    nodes = schema.minimal_graph_schema(targets).nodes
    found: dict[str, Step] = {}

    def visit(name: str) -> None:
        if name in nodes and name not in found:
            needs = tuple(nodes[name].needs.values())
            for need in needs:
                visit(need)
            found[name] = (name, needs)

    for name in nodes:
        visit(name)
    return list(found.values())


def _run(
    runner: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """As Rasa's: the targets' outputs by their names.

    Raises:
        GraphRunError: if an input is named like a node, or neither a node nor an input is what
            a node needs.
    """
    schema, nodes = runner._graph_schema, runner._instantiated_nodes  # noqa: SLF001 - this replaces its method
    wanted = tuple(targets or schema.target_names)
    known = _steps.setdefault(runner, {})
    if wanted not in known:
        known[wanted] = steps(schema, list(wanted))
    done = dict(inputs or {})
    if done.keys() & nodes.keys():
        raise GraphRunError(f"inputs named like nodes: {sorted(done.keys() & nodes.keys())}")
    for name, needs in known[wanted]:
        missing = [need for need in needs if need not in done]
        if missing:
            raise GraphRunError(f"{name} needs {missing}, which nothing provides")
        done[name] = nodes[name](*((need, done[need]) for need in needs))[1]
    return {name: done[name] for name in wanted}
