"""One thread for the products of a query: they are so small that waking a second one costs more than it computes.

On two cores a query took twice the processor time, and with other work on them twice the wait, before it had one thread.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


def alone() -> AbstractContextManager[object]:
    """Within it, numpy's products keep to the calling thread; a few microseconds.

    The limit holds for the process: threads that leave at the same time may leave it in place, which does no harm.
    """
    limited: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> Any:
    """The libraries for linear algebra that are loaded by now: numpy's own is."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
