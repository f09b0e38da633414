"""Dates from other programs: iCalendar files, and the tables that LibCal, Communico and others put out."""
