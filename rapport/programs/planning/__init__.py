"""Planning at the desk: facts, series by rule, reviews, templates, observances, hours, and the ledgers beside."""
