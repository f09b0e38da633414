"""What many voices speak of: words, meanings, groups and their phrases, and what is rising."""
