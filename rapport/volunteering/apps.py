from rapport.lib.areas import Area


class VolunteeringArea(Area):
    name = "rapport.volunteering"
