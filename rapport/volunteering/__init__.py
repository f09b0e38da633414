"""Deliver with others: volunteers, their roles, shifts and hours."""
