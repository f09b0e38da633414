from rapport.lib.areas import Area


class LibArea(Area):
    name = "rapport.lib"
