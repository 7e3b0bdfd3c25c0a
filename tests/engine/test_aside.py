"""Work done aside comes back, and its failure is not taken for an answer."""

import os

import pytest

from engine.aside import aside


def test_it_is_done_in_another_process_meanwhile() -> None:
    with aside(os.getpid) as found:
        assert not hasattr(found, "value")
    assert found.value != os.getpid()


def test_what_fails_aside_fails_here() -> None:
    with pytest.raises(RuntimeError, match="aside"), aside(lambda: 1 // 0):
        pass


def test_what_fails_meanwhile_is_told_and_nothing_waits() -> None:
    with pytest.raises(KeyError), aside(lambda: 1):
        raise KeyError
