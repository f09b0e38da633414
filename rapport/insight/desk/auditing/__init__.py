"""Collection audits: the library's own words for items, the sample, the sheet, what came of it."""
