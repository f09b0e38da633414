"""What planning offers upward: its doors."""

from rapport.people.guards import allow
from rapport.people.models import Role

allow("programs.approve", {Role.MANAGER, Role.ADMINISTRATOR})
