from rapport.lib.areas import Area


class ProgramsArea(Area):
    name = "rapport.programs"
