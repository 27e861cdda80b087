"""How often somebody may try: so many attempts a key within a while, counted in this process."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from typing import Final

from extractor.errors import DecisionsError

WINDOW_S: Final = 15 * 60
PER_LOGIN: Final = 10
"""Wrong attempts in a quarter of an hour on one login: a thousand a day, which no password of 12 characters minds."""
PER_ADDRESS: Final = 100
"""The same from one address, behind which there may be an office that begins to work."""
MOST_KEYS: Final = 20_000
"""Keys that are remembered; the one not tried for longest is forgotten first."""


class TooOftenError(DecisionsError):
    """Something was tried too often: 429. ``wait_s`` is how many whole seconds to wait."""

    exit_code = 3

    def __init__(self, wait_s: float) -> None:
        self.wait_s = math.ceil(wait_s)
        minutes = math.ceil(wait_s / 60)
        super().__init__("That was tried too often.", f"Try again in {minutes} minute{'' if minutes == 1 else 's'}.")


class Attempts:
    """Counts attempts. ``clock`` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._made: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, limits: Mapping[str, int]) -> float:
        """Notes an attempt under each key and returns 0; seconds to wait, and nothing noted, where one is used up."""
        now = self._clock()
        with self._lock:
            waits = [self._wait(key, limit, now) for key, limit in limits.items()]
            if any(waits):
                return max(waits)
            for key in limits:
                self._made.setdefault(key, deque()).append(now)
                self._made.move_to_end(key)
            while len(self._made) > MOST_KEYS:
                self._made.popitem(last=False)
        return 0.0

    def give_back(self, limits: Mapping[str, int]) -> None:
        """Takes an attempt back that was right: only wrong ones count."""
        with self._lock:
            for key in limits:
                made = self._made.get(key)
                if made:
                    made.pop()

    def _wait(self, key: str, limit: int, now: float) -> float:
        made = self._made.get(key)
        if made is None:
            return 0.0
        while made and now - made[0] >= WINDOW_S:
            made.popleft()
        return WINDOW_S - (now - made[0]) if len(made) >= limit else 0.0


def limits_of(login: str, address: str | None) -> dict[str, int]:
    """What a sign-in counts under: its login, and where it comes from."""
    return {f"login {login}": PER_LOGIN, **limits_from(address)}


def limits_from(address: str | None) -> dict[str, int]:
    """What an attempt without a login counts under: where it comes from alone, or it would use up everybody's."""
    return {f"from {network_of(address)}": PER_ADDRESS}


def network_of(address: str | None) -> str:
    """``192.0.2.7``; of IPv6 the network, which is one customer's: ``2001:db8:1:2::/64``; empty for what is neither."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
