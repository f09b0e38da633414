from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.messaging.models import Letter
from rapport.programs.models import SelfDescription


def ask_by_letter(description: SelfDescription) -> Letter:
    """A presenter is asked once, in the first language of the house or in their own."""
    presenter = description.presenter
    person = presenter.person
    email = presenter.email or (person.email if person else "")
    language = (person.language if person else "") or settings.LANGUAGE_CODE
    with translation.override(language):
        text = _(
            "Dear %(name)s,\n\nthank you for leading something at our library. We would like to know whether those who "
            "lead our programs are as varied as those who live here. If you like, tell us who you are, in your own "
            "choice of words. Every question can be left out, nobody reads your answers by themselves, and you can "
            "take them back at any time:\n\n%(url)s\n\nIf you would rather not, you need do nothing."
        )
        url = settings.HOUSE.address + description.get_absolute_url()
        return Letter.objects.write(
            f"programs.self-description:{description.pk}:{description.secret[:6]}",
            subject=_("If you like: who leads our programs"),
            text=text % {"name": presenter.name, "url": url},
            language=language,
            email=email,
        )
