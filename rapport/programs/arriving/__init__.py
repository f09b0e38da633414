"""The day itself: who is there, who just came, and the nudge until it is counted."""
