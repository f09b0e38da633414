"""Where: branches, their spaces, hours and closures."""
