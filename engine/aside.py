"""Work done aside, in a process of its own, so that training uses a second core."""

from __future__ import annotations

import multiprocessing
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

T = TypeVar("T")
# The child shares the parent's memory as it is; nothing of the data has to be packed and sent.
_FORK = multiprocessing.get_context("fork")


class Aside(Generic[T]):
    """What was computed aside, known once the block has ended."""

    value: T


@contextmanager
def aside(work: Callable[[], T]) -> Iterator[Aside[T]]:
    """Does the work in a child process while the block runs.

    Raises:
        RuntimeError: at the end of the block, if the work failed; its traceback is in the log.
    """
    outcome: Aside[T] = Aside()
    ours, theirs = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=_send, args=(theirs, work), daemon=True)
    child.start()
    theirs.close()
    try:
        yield outcome
        outcome.value = ours.recv()
    except EOFError as error:
        raise RuntimeError("what was computed aside failed") from error
    finally:
        ours.close()
        child.join()


def _send(end: Connection, work: Callable[[], T]) -> None:
    end.send(work())
