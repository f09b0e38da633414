"""Be found: search, feeds and the open calendar."""
