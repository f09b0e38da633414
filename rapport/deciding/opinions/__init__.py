"""What makes a conversation of statements: which one comes next, how the map is drawn, and what of it is shown."""
