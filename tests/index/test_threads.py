"""Within ``alone``, numpy computes on the calling thread; outside, as before."""

from __future__ import annotations

from threading import Thread

import numpy as np
from threadpoolctl import threadpool_info

from index.threads import alone


def threads() -> list[int]:
    np.ones((2, 2)) @ np.ones((2, 2))
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas" and "numpy" in library["filepath"]]


def test_products_keep_to_one_thread_and_get_theirs_back() -> None:
    before = threads()
    with alone():
        assert set(threads()) <= {1}
        with alone():
            assert set(threads()) <= {1}
    assert threads() == before


def test_threads_may_leave_in_any_order() -> None:
    def work() -> None:
        for _ in range(50):
            with alone():
                np.ones((8, 8)) @ np.ones((8, 8))

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert all(count >= 1 for count in threads())
