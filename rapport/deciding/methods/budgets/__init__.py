"""Participatory budgets: which projects are paid for, by greedy counting or by the Method of Equal Shares, and why.

Sources: Peters and Skowron 2020, "Proportionality and the Limits of Welfarism"; Peters, Pierczyński and Skowron 2021,
"Proportional Participatory Budgeting with Additive Utilities". See docs/decisions/equal-shares.md.
"""

from .comparing import Beside, beside
from .counting import Completion, EqualShares, Greedy, Rule, count
from .election import Election, Project, draw_lots
from .explaining import Paid, Why, WouldHaveWon, what_my_vote_paid, what_would_have_won, why
from .outcome import Outcome, Step
from .telling import Facts, close_ones, paid_by, ranked_points, ties, told

__all__ = [
    "Beside",
    "Completion",
    "Election",
    "EqualShares",
    "Facts",
    "Greedy",
    "Outcome",
    "Paid",
    "Project",
    "Rule",
    "Step",
    "Why",
    "WouldHaveWon",
    "beside",
    "close_ones",
    "count",
    "draw_lots",
    "paid_by",
    "ranked_points",
    "ties",
    "told",
    "what_my_vote_paid",
    "what_would_have_won",
    "why",
]
