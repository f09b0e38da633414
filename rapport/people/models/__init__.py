from .clean_up import CleanUp
from .invitation import Invitation, MayNotInvite
from .person import Appointment, LastAdministrator, Person
from .role import Role

__all__ = ["Appointment", "CleanUp", "Invitation", "LastAdministrator", "MayNotInvite", "Person", "Role"]
