"""What a needs assessment goes by: who was heard beside who lives here, and what is still missing."""
