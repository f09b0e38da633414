"""Plain functions over plain values: what looks personal, and what says nearly the same."""
