from .area import AreaFigure, AreaShare, CensusArea
from .census_table import CensusTable, Preview, columns_from, words_of
from .profile import Band, Dimension, Figure
from .topic import NoSuchCode, Scheme, Topic, TopicCode, TopicQuerySet
from .topic_list import TopicList, TopicPreview

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
    "TopicList",
    "TopicPreview",
    "TopicQuerySet",
    "columns_from",
    "words_of",
]
