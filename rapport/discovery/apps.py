from rapport.lib.areas import Area


class DiscoveryArea(Area):
    name = "rapport.discovery"
