from rapport.lib.areas import Area


class PlacesArea(Area):
    name = "rapport.places"
