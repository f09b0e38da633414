"""Plain helpers without a word of any area: later, registry, dates, text, tables, exports."""
