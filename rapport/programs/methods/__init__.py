"""How programs are counted and compared: plain functions over plain values, without Django."""
