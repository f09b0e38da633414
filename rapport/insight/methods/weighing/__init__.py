"""Weights: how the answers were drawn, and how they come to look like the population."""
