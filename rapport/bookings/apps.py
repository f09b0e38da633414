from rapport.lib.areas import Area


class BookingsArea(Area):
    name = "rapport.bookings"
