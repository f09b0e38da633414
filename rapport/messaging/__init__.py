"""Reach people: each letter written once, sent once, and stopped by one click."""
