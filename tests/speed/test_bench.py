"""What the bench of speed makes of its figures."""

from __future__ import annotations

from typing import Any

import pytest

from bench.speed.report import goals, told
from bench.speed.statistics import latency, medians
from bench.speed.stock_rasa import Training, epoch_seconds

# As Rasa's training writes it: bars over bars, each beginning at the start of the line.
LOG = (
    "Epochs:   0%|          | 0/2 [00:00<?, ?it/s]\r"
    "Epochs: 100%|██████████| 2/2 [00:30<00:00, 15.75s/it]\r"
    "Epochs: 100%|██████████| 2/2 [00:32<00:00, 16.71s/it, loss=4.37]\n"
    "INFO  rasa.engine.training.hooks  - Finished training component 'TEDPolicy'.\n"
    "INFO  rasa.engine.training.hooks  - Finished training component 'RulePolicy'.\n"
    "Epochs: 100%|██████████| 2/2 [01:10<00:00, 35.0s/it]\n"
    "INFO  rasa.engine.training.hooks  - Finished training component 'DIETClassifier'.\n"
)


def test_an_epoch_counts_once_a_component() -> None:
    assert epoch_seconds(LOG) == 16 + 35


def test_a_bounded_training_is_extrapolated_to_the_default_epochs() -> None:
    assert Training(seconds=200, epochs=2, epoch_seconds=51).whole == 200 + 98 * 51


def test_latency_is_told_in_milliseconds() -> None:
    found = latency([0.001 * number for number in range(1, 102)])
    assert found.median == pytest.approx(51)
    assert 95 < found.p95 < 98


def test_medians_are_taken_figure_by_figure() -> None:
    rounds = [{"a": 1, "b": {"c": 5}}, {"a": 9, "b": {"c": 7}}, {"a": 2, "b": {"c": 6}}]
    assert medians(rounds) == {"a": 2, "b": {"c": 6}}


def _system(factor: float) -> dict[str, Any]:
    figures = {"median": 10 * factor, "p95": 20 * factor, "per_second": 100 / factor}
    at_once = {str(n): {**figures, "cpu_per_1000": factor} for n in (1, 4, 16)}
    start = {"start_seconds": factor, "start_cpu_seconds": factor}
    return {**start, "resident_megabytes": 100 * factor, "at_once": at_once}


@pytest.fixture
def found() -> dict[str, Any]:
    """Ours as fast as can be, stock Rasa twenty times as slow."""
    long = {"turn": {"10": 10.0, "1000": 11.0}, "after_sessions": 10.0}
    measured = {
        "training": {"ours": 1.0, "stock": 20.0},
        "rounds": {"ours": _system(1), "stock": _system(20)},
        "long": {"ours": long, "stock": long},
        "product": {"product": {"median": 12.0}, "gateway_adds": 2.0},
        "replicas": {"one": 100.0, "two": 170.0, "ratio": 1.7},
    }
    return {**measured, "goals": goals(measured)}


def test_goals_are_told_with_whether_they_are_reached(found: dict[str, Any]) -> None:
    assert all(goal["reached"] for goal in found["goals"])
    found["replicas"]["ratio"] = 1.4
    found["long"]["ours"]["turn"]["1000"] = 12.1
    missed = {goal["name"] for goal in goals(found) if not goal["reached"]}
    assert missed == {"two replicas, of one's messages/s", "turn 1000, of turn 10's latency"}


def test_every_row_of_the_table_has_both_figures(found: dict[str, Any]) -> None:
    table = told(found).split("\n\n")[0].splitlines()
    assert {line.count("|") for line in table} == {4}
    assert "| messages/s, 16 at once | 100.0 | 5.0 |" in table
