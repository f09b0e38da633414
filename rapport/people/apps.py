from rapport.lib.areas import Area


class PeopleArea(Area):
    name = "rapport.people"
