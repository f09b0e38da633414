"""Answers in a file, weighed to margins in another: what `rapport weigh` reads, and what it refuses."""
