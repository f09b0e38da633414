"""Being found: the calendar in its views, what others may take of it, and the sessions that somebody keeps."""
