"""Who was reached, beside who lives here: counted, compared, and looked after while something is still open."""
