"""The opinion map: who votes alike on short statements, what they agree on across groups, and what divides them.

The method is that of Polis (Small, Bjorkegren, Erkkilä, Shaw and Megill 2021, "Polis: Scaling deliberation by mapping
high dimensional opinion spaces", Recerca 26). See docs/decisions/opinion-map.md for where this one differs and why.
"""

from .mapping import OpinionMap, Placed, draw_map
from .routing import next_statement, priorities
from .statements import Telling
from .votes import Votes

__all__ = ["OpinionMap", "Placed", "Telling", "Votes", "draw_map", "next_statement", "priorities"]
