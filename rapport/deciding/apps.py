from rapport.lib.areas import Area


class DecidingArea(Area):
    name = "rapport.deciding"
