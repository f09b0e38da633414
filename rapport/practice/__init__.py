"""Work well: where are we now, plans, training, case studies."""
