"""Each volunteer is told once how the lots fell; whoever was drawn is asked whether they take their seat."""

from django.utils.translation import gettext as _

from rapport.deciding.board_letters import address, tell
from rapport.deciding.models import Draw, Seat, Volunteer


def tell_all(draw: Draw) -> None:
    drawn = set(draw.seats.values_list("volunteer", flat=True))
    for volunteer in draw.panel.volunteers.select_related("speaker").exclude(pk__in=drawn):
        _tell(volunteer, "not-drawn", "deciding/panels/not_drawn.txt")
    for seat in draw.seats.select_related("volunteer__speaker"):
        ask(seat)


def ask(seat: Seat) -> None:
    _tell(seat.volunteer, "drawn", "deciding/panels/drawn.txt")


def _tell(volunteer: Volunteer, what: str, template: str) -> None:
    panel = volunteer.panel
    tell(
        volunteer.speaker,
        f"panel:{volunteer.pk}:{what}",
        template,
        lambda: _("The lots were drawn: %(panel)s") % {"panel": panel},
        branch=panel.branch,
        volunteer=volunteer,
        panel=panel,
        url=address(volunteer.get_absolute_url()),
    )
