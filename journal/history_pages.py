"""The page «History of changes» of an object in the admin."""

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from journal import changes


class HistoryIsShown:
    """A mixin of admins of models whose history is kept; whoever may see the object reads it.

    It stands after `LooksAreKept`, which writes the look down.
    """

    def history_parts(self, row):
        """Models, each with the keys of the rows whose history is the object's."""
        return [(self.model, [row.pk])]

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": gettext("History of changes: %s") % row,
            "opts": self.opts,
            "object": row,
            "entries": changes.entries(self.history_parts(row)),
            "action_list": _actions(row),
        }
        return TemplateResponse(request, "admin/object_history.html", context)


def _actions(row):
    """What Django itself wrote down: who pressed Save, which roles were given."""
    kind = get_content_type_for_model(row)
    found = LogEntry.objects.filter(content_type=kind, object_id=row.pk)
    return found.select_related("user").order_by("-action_time")[: changes.AT_MOST]
