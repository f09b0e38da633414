"""How many answers a survey needs, and how sure a probability sample will be, before anybody is asked.

Cochran (1977), sections 4.4 and 5.5. For a probability sample only: people who choose to answer have no margin of
error.
"""

import math

from .estimates import critical


def sample_size(
    margin: float,
    *,
    proportion: float = 0.5,
    population: int | None = None,
    deff: float = 1.0,
    confidence: float = 0.95,
) -> int:
    """The answers needed for a share to be known to within `margin` (0.05 is five points), rounded up."""
    needed = critical(confidence, math.inf) ** 2 * proportion * (1 - proportion) / margin**2
    if population is not None:
        needed = needed / (1 + (needed - 1) / population)
    return math.ceil(needed * deff - 1e-9)


def margin_of_error(
    n: int,
    *,
    proportion: float = 0.5,
    population: int | None = None,
    deff: float = 1.0,
    confidence: float = 0.95,
) -> float:
    """How far a share from `n` answers may be off."""
    unseen = 1.0 if population is None else (population - n) / (population - 1)
    return critical(confidence, math.inf) * math.sqrt(deff * proportion * (1 - proportion) / n * unseen)
