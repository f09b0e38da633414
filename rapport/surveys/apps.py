from rapport.lib.areas import Area


class SurveysArea(Area):
    name = "rapport.surveys"
