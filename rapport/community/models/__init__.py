from .area import AreaFigure, AreaShare, CensusArea
from .census_table import CensusTable, Preview, columns_from, words_of
from .profile import Band, Dimension, Figure

__all__ = [
    "AreaFigure",
    "AreaShare",
    "Band",
    "CensusArea",
    "CensusTable",
    "Dimension",
    "Figure",
    "Preview",
    "columns_from",
    "words_of",
]
