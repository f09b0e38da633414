"""Programs that others propose, and programs that people wait for before there is a date."""
