from rapport.lib.areas import Area


class CommunityArea(Area):
    name = "rapport.community"
