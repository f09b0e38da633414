"""Reading census tables and counting with their margins of error: plain functions over plain values, without Django."""

from .acs import Form, form_of, read_acs, table_of
from .cells import Cell, Unknown, estimate_of, margin_of
from .changes import Change, Verdict, change_between
from .mapping import Columns, Counted, Reading, Refusal, read_mapped
from .margins import Sum, share_margin, weighted_sum
from .standard import ACS_TABLES, STANDARD, StandardBand, StandardDimension

__all__ = [
    "ACS_TABLES",
    "STANDARD",
    "Cell",
    "Change",
    "Columns",
    "Counted",
    "Form",
    "Reading",
    "Refusal",
    "StandardBand",
    "StandardDimension",
    "Sum",
    "Unknown",
    "Verdict",
    "change_between",
    "estimate_of",
    "form_of",
    "margin_of",
    "read_acs",
    "read_mapped",
    "share_margin",
    "table_of",
    "weighted_sum",
]
