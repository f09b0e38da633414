"""How voices are grouped and surveys are weighed and estimated: plain functions over plain values, without Django."""
