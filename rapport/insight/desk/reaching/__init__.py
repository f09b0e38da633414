"""Whom we hear, at the desk: the steps beside the profile, whom what is open misses, segments, and what goes out."""
