"""Plain functions over plain values, without Django: weighing, estimating, themes, and what an assessment goes by."""
