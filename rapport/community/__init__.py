"""Whom we serve: the community's profile, segments and organisations."""
