"""Who: one account for patron and staff, roles, sign-in, privacy."""
