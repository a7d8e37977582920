"""The static tables that runtime parts read, each made when a module needs it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping


def powers_of_ten() -> bytes:
    """10^0 to 10^19 as unsigned 64-bit numbers."""
    return struct.pack("<20Q", *(10**n for n in range(20)))


TABLES: Mapping[str, Callable[[], bytes]] = {
    "powers_of_ten": powers_of_ten,
}
