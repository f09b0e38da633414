from .area import AreaFigure, AreaShare, CensusArea
from .census_table import CensusTable, Preview, columns_from, words_of
from .profile import Band, Dimension, Figure
from .topic import NoSuchCode, Scheme, Topic, TopicCode, TopicQuerySet

__all__ = [
    "AreaFigure",
    "AreaShare",
    "Band",
    "CensusArea",
    "CensusTable",
    "Dimension",
    "Figure",
    "NoSuchCode",
    "Preview",
    "Scheme",
    "Topic",
    "TopicCode",
    "TopicQuerySet",
    "columns_from",
    "words_of",
]
