"""Volunteer hours at the desk: what each branch reports for a month, and tables of them in and out."""
