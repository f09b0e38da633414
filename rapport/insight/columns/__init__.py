"""The answers of a survey, column by column, kept beside the database so that a million can be counted at once.

`read_columns(survey)` hands out `Columns`. What is kept follows the answers; throw the folder away and it is made anew.
"""

from .cache import forget, read_columns, recheck
from .columns import Columns, Facet

__all__ = ["Columns", "Facet", "forget", "read_columns", "recheck"]
