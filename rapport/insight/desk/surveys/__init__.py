"""The answers to one survey at the desk: results, tables, weighing, open words, files, and what is published."""
