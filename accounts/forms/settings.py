from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from common import languages
from notifications.models import Channel, Topic


class SettingsForm(forms.Form):
    """A language, its letters, and a box for each topic and way; what the law asks for has none."""

    language = forms.ChoiceField(
        label=_("Language of SMS and letters"),
        choices=languages.told,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Choose a language of the list."),
        },
    )
    latin = forms.BooleanField(
        label=_("SMS in Latin letters"),
        help_text=_("For a phone that does not show Cyrillic letters."),
        required=False,
    )
    use_required_attribute = False

    def __init__(self, person: Person, wishes: dict[tuple[Topic, Channel], bool], data=None):
        now = {"language": person.language, "latin": person.latin}
        super().__init__(data, initial=now)
        self._boxes = {pair: "_".join(pair) for pair in wishes}
        for pair, name in self._boxes.items():
            box = forms.BooleanField(label=pair[1].label, required=False, initial=wishes[pair])
            self.fields[name] = box

    def topics(self) -> list[tuple[str, list]]:
        """Each topic with its boxes, for the page."""
        found: dict[Topic, list] = {}
        for (topic, _way), name in self._boxes.items():
            found.setdefault(topic, []).append(self[name])
        return [(topic.label, boxes) for topic, boxes in found.items()]

    def chosen(self) -> dict:
        """As `services.choose_settings` takes it."""
        said = self.cleaned_data
        wishes = {pair: said[name] for pair, name in self._boxes.items()}
        return {"language": said["language"], "latin": said["latin"], "wishes": wishes}
