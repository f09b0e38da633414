"""The desk's pages of the profile: seeing it, entering it by hand, bringing in tables, whose each area is."""
