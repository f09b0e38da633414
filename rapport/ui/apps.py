from rapport.lib.areas import Area


class UiArea(Area):
    name = "rapport.ui"
