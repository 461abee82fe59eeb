"""Key -> the teachers who have it: one sorted array for all that was there at the start, small lists for what came later.

Nothing is ever taken out. A teacher who changes gets a new position, and the old one is dead (pool.py), so a change costs
a few list appends whatever the size of the pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.intp]  # numpy's own index type: picking by any other is six times slower
Mask = NDArray[np.bool_]
NOBODY: Positions = np.empty(0, np.intp)


class Postings:
    """Keys are numbers below 2**32; positions come out ascending, without repeats if none went in. Kept in four bytes."""

    __slots__ = ("_keys", "_later", "_positions", "_starts")

    def __init__(self, keys: NDArray[np.uint32], positions: NDArray[np.int32]) -> None:
        entries = keys.astype(np.uint64)  # in place from here on: these are the largest arrays there are
        entries <<= np.uint64(32)
        entries |= positions.astype(np.uint32)
        entries.sort()  # one sort of plain numbers: four times faster than sorting keys and carrying positions
        heads = (entries >> np.uint64(32)).astype(np.uint32)
        first = np.ones(len(heads), bool)
        first[1:] = heads[1:] != heads[:-1]
        starts = np.flatnonzero(first)
        self._keys = heads[starts]
        self._starts = np.append(starts, len(heads))
        self._positions = entries.astype(np.uint32).view(np.int32)  # the lower half
        self._later: dict[int, list[int]] = {}

    def add(self, position: int, keys: Iterable[int]) -> None:
        """A position higher than all before it."""
        for key in keys:
            self._later.setdefault(key, []).append(position)

    def of(self, key: int) -> Positions:
        """The positions under one key."""
        at = int(np.searchsorted(self._keys, np.uint32(key)))
        known = at < len(self._keys) and int(self._keys[at]) == key
        early = self._positions[self._starts[at] : self._starts[at + 1]].astype(np.intp) if known else NOBODY
        later = self._later.get(key)
        return early if later is None else np.concatenate([early, np.array(later, np.intp)])

    def among(self, key: int, chosen: Positions) -> Mask:
        """Which of a few positions are under the key."""
        have = self.of(key)
        if not len(have):
            return np.zeros(len(chosen), bool)
        at = np.minimum(np.searchsorted(have, chosen), len(have) - 1)
        found: Mask = have[at] == chosen
        return found


class Named:
    """Postings whose keys are words: subjects, regions, where teachers come from."""

    __slots__ = ("_numbers", "_postings")

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        names = list(chain.from_iterable(rows))
        self._numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        keys = np.array([self._numbers[name] for name in names], np.uint32)
        self._postings = Postings(keys, spread(np.array([len(row) for row in rows], np.int64)))

    def add(self, position: int, names: Iterable[str]) -> None:
        """A position higher than all before it."""
        self._postings.add(position, [self._numbers.setdefault(name, len(self._numbers)) for name in names])

    def of(self, name: str) -> Positions:
        """The positions under one word."""
        number = self._numbers.get(name)
        return NOBODY if number is None else self._postings.of(number)

    def positions(self, names: Iterable[str]) -> Positions:
        """The positions under any of the words; who is under several comes several times."""
        found = [self.of(name) for name in names]
        return np.concatenate(found) if found else NOBODY

    def having(self, names: Iterable[str], size: int) -> Mask:
        """Of `size` positions, those under any of the words."""
        mask = np.zeros(size, bool)
        for name in names:
            mask[self.of(name)] = True
        return mask


def spread(counts: NDArray[np.int64]) -> NDArray[np.int32]:
    """0 as often as the first count says, then 1 …: the positions of entries laid end to end."""
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)
