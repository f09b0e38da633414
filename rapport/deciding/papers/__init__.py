"""Ballot papers: how each method is asked on a screen and on paper, said in words, and counted.

One paper for each method, whichever way the ballot comes: web, kiosk, desk, phone or paper. The modules of this package
know no models: a paper reads a form, gives `marks` (plain JSON), and counts marks by the rules as they were fixed.
"""

from .answers import AnswerPaper
from .budgets import BudgetPaper
from .marks import ApprovalPaper, PointsPaper
from .paper import BallotForm, BallotPaper, Outcome, Said, papers
from .ranks import RankPaper
from .rules import FixedOption, FixedRules

for _paper in (
    AnswerPaper("yes_no", "yesno"),
    AnswerPaper("consent", "consent"),
    AnswerPaper("gradients", "gradients"),
    ApprovalPaper("approval", "approval"),
    PointsPaper("score", "score"),
    PointsPaper("dots", "dots"),
    PointsPaper("times", "times"),
    RankPaper("irv", "irv"),
    RankPaper("schulze", "schulze"),
    RankPaper("stv", "stv"),
    BudgetPaper("budget"),  # counted by methods.budgets
):
    papers.add(_paper)

__all__ = ["BallotForm", "BallotPaper", "FixedOption", "FixedRules", "Outcome", "Said", "papers"]
