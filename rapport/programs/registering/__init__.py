"""Registering: a household's form, its own page, its letters and calendar entries, and the turns by the clock."""
