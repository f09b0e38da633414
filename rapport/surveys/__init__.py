"""Ask: questionnaires in any number of languages, the ways to answer them, and what was answered."""
