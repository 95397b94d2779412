"""That threads run side by side: work on one material does not wait for work on another."""

from __future__ import annotations

import threading
import time

import pytest

from patra import _patra


def test_work_does_not_hold_the_interpreter() -> None:
    """While one thread waits inside patra, another goes on in Python and in patra."""
    begun = time.perf_counter()
    threads = [threading.Thread(target=_patra.wait, args=(400,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    counted = 0
    while any(thread.is_alive() for thread in threads):
        counted += 1
        time.sleep(0.001)
    # One after the other they would take 1.6 seconds.
    assert time.perf_counter() - begun < 1.3 and counted > 20


@pytest.mark.parametrize("milliseconds", [0, 1])
def test_short_work_is_not_kept_waiting_for_a_tick(milliseconds: int) -> None:
    begun = time.perf_counter()
    for _ in range(20):
        _patra.wait(milliseconds)
    assert time.perf_counter() - begun < 0.5
