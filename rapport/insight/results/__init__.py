"""What the answers to a survey say: question by question, one by another, and for whom they speak.

Read in only where numbers are made: it needs NumPy, which the first page must not wait for.
"""
