"""How voices are read and grouped: plain functions over plain values, without Django."""
