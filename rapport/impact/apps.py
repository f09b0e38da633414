from rapport.lib.areas import Area


class ImpactArea(Area):
    name = "rapport.impact"
