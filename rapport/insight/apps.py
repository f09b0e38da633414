from rapport.lib.areas import Area


class InsightArea(Area):
    name = "rapport.insight"
