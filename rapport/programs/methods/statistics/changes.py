"""Which figures of a year ask for an explanation: the edit check that state libraries make before they accept a form.

Source: the edit checks of the survey's web portal ask for a note where a value differs much from the year before. Each
state sets its own limits; a quarter more or less is a common one, and small numbers always change by that much.
"""

LARGE = 0.25
FEWEST = 10  # a change by fewer than this is never large


def change(now: int, before: int) -> float | None:
    """The share gained or lost (0.5: half as many again); None where there was nothing before."""
    return (now - before) / before if before else None


def is_large(now: int, before: int, *, share: float = LARGE, fewest: int = FEWEST) -> bool:
    """Whether somebody has to say why: `share` or more of the year before, and by at least `fewest`."""
    if abs(now - before) < fewest:
        return False
    return before == 0 or abs(now - before) >= share * before
