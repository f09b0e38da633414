"""The stair: one question followed until it has been answered, what happened on the way, and who is owed an answer."""
