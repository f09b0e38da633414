"""Ballots other than for money: yes or no, approval, scores, dots, ranks, consent, gradients of agreement, times.

Every method is a function of ballots and of rules that were given beforehand, and answers with the winners and an audit
log from which the count can be followed by hand. See docs/decisions/ballots.md.
"""

from .marks import Marks
from .methods import METHODS, count
from .ranked import Ranked
from .result import Beforehand, Result

__all__ = ["METHODS", "Beforehand", "Marks", "Ranked", "Result", "count"]
