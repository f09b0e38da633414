"""The staff face of listening: the inbox, the voice, its clocks, its words and its figures."""
