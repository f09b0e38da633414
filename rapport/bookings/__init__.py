"""Meet: rooms that people book."""
