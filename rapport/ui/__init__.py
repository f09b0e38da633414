"""What a page is made of: parts, tokens, the thread, tables, charts, navigation. It knows no area's words."""
