from django import forms
from django.template import engines

from rapport.ui.examples import Asking


def test_a_field_brings_label_help_errors_and_their_ties() -> None:
    form = Asking({"words": ""})

    page = form["words"].as_field_group()

    assert '<label for="id_words">In your own words' in page
    assert 'aria-describedby="id_words_helptext id_words_error"' in page
    assert 'id="id_words_helptext"' in page
    assert 'id="id_words_error"' in page
    assert 'aria-invalid="true"' in page


def test_what_was_typed_stays() -> None:
    assert "amina at home" in Asking({"email": "amina at home"})["email"].as_field_group()


def test_choices_are_cards_in_a_group_with_a_name() -> None:
    page = Asking()["kind"].as_field_group()

    assert "<fieldset" in page
    assert "<legend>What is it?" in page
    assert "choices--cards" in page
    assert page.count('type="radio"') == 4
    assert "Something could be better" in page


def test_a_long_text_counts_what_is_left() -> None:
    assert 'data-counter="id_words"' in Asking()["words"].as_field_group()


def test_the_summary_of_errors_leads_to_each_field() -> None:
    page = str(Asking({"words": "", "kind": "praise", "email": "no"}))

    assert "2 things need another look" in page
    assert 'href="#id_words_field"' in page
    assert 'id="id_words_field"' in page
    assert str(Asking()).count('role="alert"') == 0


def test_every_kind_of_field_is_drawn_with_a_label() -> None:
    class Everything(forms.Form):
        text = forms.CharField()
        number = forms.IntegerField()
        date = forms.DateField()
        file = forms.FileField()
        one = forms.ChoiceField(choices=[("a", "A")])
        some = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
        yes = forms.BooleanField()
        both = forms.SplitDateTimeField()
        hidden = forms.CharField(widget=forms.HiddenInput)

    page = str(Everything())

    assert page.count('class="field ') == 8
    assert page.count("<label") + page.count("<legend") >= 8
    assert '<input type="hidden" name="hidden"' in page


def test_parts_keep_what_is_written_on_them_beyond_what_they_know() -> None:
    part = '{% cotton button tone="quiet" hx-post="/x/" name="act" value="go" %}Go{% endcotton %}'
    page = engines["django"].from_string(part).render({})

    assert 'class="button button--quiet"' in page
    assert 'hx-post="/x/"' in page
    assert 'value="go"' in page


def test_a_quote_keeps_its_language_and_direction() -> None:
    draw = engines["django"].from_string('{% cotton quote :lang="code" %}{{ words }}{% endcotton %}').render

    assert 'lang="ar" dir="rtl"' in draw({"code": "ar", "words": "الظل"})
    assert 'lang="en" dir="ltr"' in draw({"code": "en", "words": "shade"})
    assert 'dir="auto"' in draw({"code": "und", "words": "?"})
    assert "lang=" not in draw({"code": "", "words": "?"})
    assert "&lt;script&gt;" in draw({"code": "en", "words": "<script>"})
