from rapport.lib.areas import Area


class ListeningArea(Area):
    name = "rapport.listening"
