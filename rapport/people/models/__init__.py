from .invitation import Invitation
from .person import Appointment, Person
from .role import Role

__all__ = ["Appointment", "Invitation", "Person", "Role"]
