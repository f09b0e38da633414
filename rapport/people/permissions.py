"""Who may do what: each area says in its `hooks.py` which roles a permission belongs to."""

from collections.abc import Iterable

_ROLES: dict[str, frozenset[str]] = {}


def allow(permission: str, roles: Iterable[str]) -> None:
    """Let these roles do that. Raises ValueError where the permission was given before."""
    if permission in _ROLES:
        raise ValueError(f"{permission} is declared twice")
    _ROLES[permission] = frozenset(roles)


def roles_that_may(permission: str) -> frozenset[str]:
    """Raises KeyError for a permission that no area declared: a typing error must not open or close a door."""
    return _ROLES[permission]


def all_permissions() -> dict[str, frozenset[str]]:
    return dict(_ROLES)
