from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.community.desk.files import TableField, Uploaded
from rapport.community.methods.topic_codes import is_code, tidy
from rapport.community.methods.topic_rows import has_names
from rapport.community.models import Scheme, Topic
from rapport.ui.forms import WordsFormField

_SUCH_AS = {
    Scheme.DEWEY: gettext_lazy("Three digits, such as 641.5 or 004-006; several with a comma between them"),
    Scheme.BISAC: gettext_lazy("Three letters and six digits, such as CKB000000; several with a comma between them"),
    Scheme.UDC: gettext_lazy("Such as 641.5 or 94(460); several with a semicolon between them"),
}


class CodesField(forms.CharField):
    """Codes of one scheme, with something between them; its clean value is a list."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        label, told = str(scheme.label), _SUCH_AS[scheme]
        super().__init__(label=label, help_text=told, required=False, max_length=400)

    def clean(self, value: Any) -> list[str]:
        text = str(super().clean(value) or "")
        parts = text.replace(",", ";").split(";")
        codes = [tidy(self.scheme, part) for part in parts if part.strip()]
        wrong = [code for code in codes if not is_code(self.scheme, code)]
        if wrong:
            said = _("“%(code)s” has not the form of a code of %(scheme)s. %(such_as)s")
            about = {"code": wrong[0], "scheme": self.scheme.label, "such_as": _SUCH_AS[self.scheme]}
            raise forms.ValidationError(said % about)
        return codes


class TopicForm(forms.Form):
    name = WordsFormField(label=gettext_lazy("What it is called"), max_length=120)
    parent = forms.ModelChoiceField(
        Topic.objects.none(),
        label=gettext_lazy("Part of"),
        required=False,
        empty_label=gettext_lazy("nothing: it is a main topic"),
    )
    about = WordsFormField(label=gettext_lazy("What belongs to it"), long=True, required=False, max_length=1000)

    def __init__(self, data: Any = None, *, topic: Topic | None = None) -> None:
        initial: dict[str, Any] = {}
        if topic is not None:
            codes = {scheme: "; ".join(several) for scheme, several in topic.coded().items()}
            initial = {"name": topic.name, "about": topic.about, "parent": topic.parent_id, **codes}
        super().__init__(data, initial=initial)
        mains = Topic.objects.current().filter(parent=None)
        mains = mains.exclude(pk=topic.pk) if topic else mains
        self.fields["parent"].queryset = mains  # type: ignore[attr-defined]
        for scheme in Scheme:
            self.fields[scheme.value] = CodesField(scheme)

    def begin(self) -> Topic:
        told = self._told()
        return Topic.objects.begin(told.pop("name"), **told)

    def reword(self, topic: Topic) -> None:
        topic.reword(**self._told())

    def _told(self) -> dict[str, Any]:
        told = self.cleaned_data
        codes = {scheme.value: told[scheme.value] for scheme in Scheme}
        return {"name": told["name"], "about": told["about"], "parent": told["parent"], "codes": codes}


class MergingForm(forms.Form):
    other = forms.ModelChoiceField(Topic.objects.none(), label=gettext_lazy("The topic that stays"))

    def __init__(self, *args: Any, topic: Topic) -> None:
        super().__init__(*args)
        self.fields["other"].queryset = Topic.objects.current().exclude(pk=topic.pk)  # type: ignore[attr-defined]


class TopicListForm(forms.Form):
    file = TableField(
        label=gettext_lazy("File with topics"),
        help_text=gettext_lazy("CSV or XLSX with the columns of the file that you can download here"),
    )

    def clean_file(self) -> Uploaded:
        uploaded: Uploaded = self.cleaned_data["file"]
        if not has_names(uploaded.grid, settings.HOUSE.languages):
            raise forms.ValidationError(
                _("The first row names no column that we know. It wants “slug” or “name_%(language)s”, at least.")
                % {"language": settings.HOUSE.languages[0]}
            )
        return uploaded
