from rapport.lib.areas import Area


class PracticeArea(Area):
    name = "rapport.practice"
