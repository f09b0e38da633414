"""Numbers that give nobody away by noise: the discrete Laplace and Gaussian mechanisms, exactly.

Source: Canonne, Kamath and Steinke, "The discrete Gaussian for differential privacy" (2020), algorithms 1 to 3: only
fractions and whole numbers, no floating point that leaks, and random bits of the operating system (`secrets`).

One answer changes one cell of one table by one, so a table costs `epsilon` once (parallel composition); tables add up.
Limits: it protects one answer in one table, not somebody who answers many times; noise can make a count negative, which
is left so, because cutting it off would bias every sum.
"""

import math
import secrets
from collections.abc import Sequence
from fractions import Fraction


def noisy(counts: Sequence[int], epsilon: Fraction) -> list[int]:
    """Each count with discrete Laplace noise of scale 1/epsilon."""
    return [count + laplace(1 / epsilon) for count in counts]


def laplace(scale: Fraction) -> int:
    """A whole number x with chance in proportion to exp(-|x|/scale)."""
    if scale <= 0:
        raise ValueError("The scale is above zero")
    s, t = scale.denominator, scale.numerator
    while True:
        low = secrets.randbelow(t)
        if not _happens_exp(Fraction(low, t)):
            continue
        high = 0
        while _happens_exp(Fraction(1)):
            high += 1
        size = (low + t * high) // s
        is_negative = bool(secrets.randbelow(2))
        if not (is_negative and size == 0):
            return -size if is_negative else size


def gaussian(variance: Fraction) -> int:
    """A whole number x with chance in proportion to exp(-x²/(2·variance))."""
    scale = math.isqrt(variance.numerator // variance.denominator) + 1
    while True:
        tried = laplace(Fraction(scale))
        if _happens_exp((abs(tried) - variance / scale) ** 2 / (2 * variance)):
            return tried


def _happens_exp(gamma: Fraction) -> bool:
    """True with the chance exp(-gamma)."""
    while gamma > 1:
        if not _happens_exp(Fraction(1)):
            return False
        gamma -= 1
    k = 1
    while _happens(gamma / k):
        k += 1
    return k % 2 == 1


def _happens(chance: Fraction) -> bool:
    return secrets.randbelow(chance.denominator) < chance.numerator
