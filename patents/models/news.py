"""News of the Interior Ministry, and who has read them."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from patents.models.sources import Source, Sourced


class NewsQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(hidden_at__isnull=True).order_by("-occurred_on", "-pk")

    def with_seen(self, person: Person):
        """Each row says whether this person has opened it, or it is older than their cabinet."""
        seen = NewsSeen.objects.filter(person=person, news=OuterRef("pk"))
        return self.annotate(seen=Exists(seen) | Q(received_at__lt=person.created_at))

    def unread(self, person_id: int):
        """News that came since the person is known here and were not opened yet."""
        known = Person.objects.filter(pk=person_id).values("created_at")
        seen = NewsSeen.objects.filter(person_id=person_id, news=OuterRef("pk"))
        return self.shown().filter(~Exists(seen), received_at__gte=Subquery(known))


class News(Sourced):
    """Title and text stand in a column a language: see `patents.translation`."""

    key = models.CharField(_("the Ministry's key"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    occurred_on = models.DateField(_("day"))
    digest = models.CharField(
        _("hash of the wording"), max_length=64, blank=True, help_text=_("empty: written by staff")
    )
    hidden_at = models.DateTimeField(
        _("hidden at"), null=True, blank=True, help_text=_("people do not see it")
    )

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news of the Interior Ministry")
        verbose_name_plural = _("news of the Interior Ministry")
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="news_source_known", condition=Q(source__in=Source.values))
        ]

    def __str__(self) -> str:
        return self.title


class NewsSeen(models.Model):
    """This person opened the page with this news."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    news = models.ForeignKey(News, models.CASCADE, related_name="+", verbose_name=_("news"))
    seen_at = models.DateTimeField(_("seen at"), auto_now_add=True)

    class Meta:
        verbose_name = _("news seen")
        verbose_name_plural = _("news seen")
        constraints = [models.UniqueConstraint(fields=["person", "news"], name="news_seen_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.news_id}"
