"""What a voice can be, how it came, where it stands, and what colleagues do with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VoiceKind(models.TextChoices):
    CONCERN = "concern", _("A concern")
    QUESTION = "question", _("A question")
    SUGGESTION = "suggestion", _("A suggestion")
    PRAISE = "praise", _("Praise")
    PURCHASE = "purchase", _("Something to buy or lend")
    BARRIER = "barrier", _("Something that keeps me out")
    WELCOME = "welcome", _("My first visit")


class Channel(models.TextChoices):
    WEB = "web", _("website")
    POSTER = "poster", _("poster")
    KIOSK = "kiosk", _("kiosk")
    PAPER = "paper", _("paper")
    DESK = "desk", _("at the desk")
    PHONE = "phone", _("by phone")
    MAIL = "mail", _("by mail")
    SURVEY = "survey", _("in a survey")
    IMPORT = "import", _("brought in from a file")


class Status(models.TextChoices):
    RECEIVED = "received", _("received")
    UNDER_REVIEW = "under_review", _("under review")
    PLANNED = "planned", _("planned")
    TRYING_OUT = "trying_out", _("trying out")
    DONE = "done", _("done")
    DECLINED = "declined", _("declined")


class Deed(models.TextChoices):
    """What a colleague did to a voice, as the record says it after their name."""

    CLAIMED = "claimed", _("took this on")
    ASSIGNED = "assigned", _("gave this to")
    PUT_BACK = "put_back", _("put this back")
    TOLD = "told", _("told them that it arrived")
    RELEASED = "released", _("released this: it is not spam")
    SPAM = "spam", _("marked this as spam")
    PARTED = "parted", _("made this a matter of its own again")
    LET_READ = "let_read", _("let others read this")
    TAKEN_FROM_READERS = "taken_from_readers", _("took this away from other readers")
