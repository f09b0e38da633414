from rapport.lib.areas import Area


class MessagingArea(Area):
    name = "rapport.messaging"
