"""What happened to an application, in the words that the person reads."""

from django.utils.translation import gettext_noop as _

from accounts.timeline import register

ACCEPTED = register(
    "patents.accepted", _("We accepted your application %(number)s on %(accepted_on)s.")
)
IN_REVIEW = register(
    "patents.in_review", _("Your application %(number)s is at the Interior Ministry.")
)
READY = register(
    "patents.ready", _("Your patent is ready since %(ready_on)s. Application %(number)s.")
)
REFUSED = register(
    "patents.refused",
    _(
        "The Interior Ministry refused the patent on %(refused_on)s. Application %(number)s. "
        "Reason: %(reason)s"
    ),
)
ISSUED = register("patents.issued", _("You were issued the patent %(patent)s on %(issued_on)s."))
ANNULLED = register(
    "patents.annulled",
    _(
        "The Interior Ministry annulled the patent %(patent)s on %(annulled_on)s. "
        "Reason: %(reason)s"
    ),
)
STEP_WITHDRAWN = register(
    "patents.step_withdrawn",
    _(
        "The Interior Ministry corrected itself: the patent is not ready yet. "
        "Application %(number)s goes on."
    ),
)
REVIEW_WITHDRAWN = register(
    "patents.review_withdrawn",
    _(
        "The Interior Ministry corrected itself: it does not have your papers yet. "
        "Application %(number)s goes on."
    ),
)
REFUSAL_WITHDRAWN = register(
    "patents.refusal_withdrawn",
    _("The Interior Ministry took its refusal back. Application %(number)s goes on."),
)
PATENT_RESTATED = register(
    "patents.patent_restated",
    _("The Interior Ministry corrected the patent: %(patent)s, issued on %(issued_on)s."),
)
ANNULMENT_WITHDRAWN = register(
    "patents.annulment_withdrawn",
    _("The Interior Ministry took the annulment of the patent %(patent)s back."),
)
INN_ENTERED = register("patents.inn_entered", _("Your INN is known: %(inn)s."))
INN_CORRECTED = register("patents.inn_corrected", _("Your INN was corrected: %(inn)s."))
INN_DAY_CORRECTED = register(
    "patents.inn_day_corrected",
    _("The centre corrected the day since which your INN is known: %(known_on)s."),
)
PAPER_TAKEN = register(
    "patents.paper_taken",
    _("We took a paper of yours. The list is in “Documents”. Application %(number)s."),
)
PAPER_TO_MEND = register(
    "patents.paper_to_mend",
    _("A paper of yours has to be mended. What and how: see “Documents”. Application %(number)s."),
)
WORD_UNDONE = register(
    "patents.word_undone",
    _(
        "The data of the Interior Ministry about your application %(number)s were mistaken. "
        "We took them back. See “Patent”."
    ),
)
CORRECTED = register(
    "patents.corrected",
    _("The centre corrected the data of your application %(number)s. See “Patent”."),
)
STEP_TAKEN_BACK = register(
    "patents.step_taken_back",
    _(
        "We had written down a wrong step of your application %(number)s by mistake. We took it "
        "back. See “Patent”."
    ),
)
