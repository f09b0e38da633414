"""Work that comes again: what, and how often. The worker reads this list."""
