"""The ten words that matter: as the Russian paper says them, and what they mean.

The sentences are those of the portal's own pages; how they are said elsewhere: docs/glossary.md.
"""

from django.utils.translation import gettext_lazy as _

# The word of the Russian paper, its name in the reader's language, one sentence.
WORDS = [
    ("патент", _("patent"), _("The permission to work in Moscow. It is valid while it is paid.")),
    (
        "заявление",
        _("application"),
        _("What you hand in at the centre to get a patent. Its number is your login."),
    ),
    (
        "НДФЛ",
        _("tax on income"),
        _("The tax that you pay for the patent, each month ahead."),
    ),
    (
        "ИНН",
        _("taxpayer number"),
        _("Your number at the tax office: 12 digits. It stands in every payment."),
    ),
    (
        "квитанция",
        _("receipt"),
        _("The paper to pay by: how much, for whom and to which account."),
    ),
    ("чек", _("cheque"), _("The paper after paying. Keep it until you get a new patent.")),
    (
        "реквизиты",
        _("numbers of the account"),
        _("Where the tax goes. They stand on the receipt: copy nothing by hand."),
    ),
    (
        "Казначейство",
        _("Treasury"),
        _("Where your money comes to. It takes up to 7 days, and you need to do nothing."),
    ),
    (
        "личный кабинет",
        _("personal cabinet"),
        _("Your pages on this site: patent, payments, messages."),
    ),
    (
        "переоформление",
        _("a new patent"),
        _("After 12 months the patent ends. A new one is made at the centre."),
    ),
]
