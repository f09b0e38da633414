"""Whom the programs are for: dates beside the people who live here, and what presenters say of themselves."""
