from rapport.lib.areas import Area


class LoopArea(Area):
    name = "rapport.loop"
