"""Names of the countries as msgids, so that the catalogues find them."""

from django.utils.translation import gettext_noop as _

NAMES = [
    _("Abkhazia"),
    _("Armenia"),
    _("Azerbaijan"),
    _("Belarus"),
    _("Georgia"),
    _("Kazakhstan"),
    _("Kyrgyzstan"),
    _("Moldova"),
    _("Tajikistan"),
    _("Ukraine"),
    _("Uzbekistan"),
]
