"""R's normal numbers (`set.seed(42); rnorm(n)`), so that what R published about random data can be repeated.

The Mersenne Twister seeded by R's congruential scramble, and each number by inversion from two draws (R 3.6 and later).
"""

import numpy as np
from scipy.special import ndtri

_BIG = 134217728


class RandomNumbers:
    def __init__(self, seed: int) -> None:
        states = []
        for _ in range(50 + 625):
            seed = (69069 * seed + 1) % 2**32
            states.append(seed)
        self._chance = np.random.RandomState()
        self._chance.set_state(("MT19937", np.array(states[51:], dtype=np.uint32), 624))

    def normal(self, count: int) -> np.ndarray:
        draws = self._chance.randint(0, 2**32, size=2 * count, dtype=np.uint64) * 2.3283064365386963e-10
        return ndtri((np.floor(_BIG * draws[0::2]) + draws[1::2]) / _BIG)
