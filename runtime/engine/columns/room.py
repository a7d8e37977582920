"""Memory for results, in large blocks.

Results of a large table are hundreds of megabytes that nobody has touched yet. In small arrays, the system makes them
page by page (4 KiB), which takes as long as working them out; numpy asks for huge pages for arrays of 4 MiB or more.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

BLOCK = 16 * 2**20
_SMALL = 2**18


class Room:
    """Gives out parts of blocks, for one thread. A block lives as long as any part of it."""

    def __init__(self, rows: int) -> None:
        self._blocks = rows >= _SMALL
        self._block = np.empty(0, np.uint8)
        self._used = 0

    def take(self, count: int, dtype: type) -> Array:
        """A new array of so many numbers, holding anything."""
        size = count * np.dtype(dtype).itemsize
        if not self._blocks or size > BLOCK:
            return np.empty(count, dtype)
        if self._used + size > len(self._block):
            self._block = np.empty(BLOCK, np.uint8)
            self._used = 0
        part: Array = self._block[self._used : self._used + size].view(dtype)
        self._used += -(-size // 64) * 64
        return part
