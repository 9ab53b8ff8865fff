"""A list in the admin shows the data of many people: each of them is written down."""

from journal.services import record_looks


class LooksAreKept:
    """A mixin of admins whose rows are about people; their cards write themselves down."""

    def person_id_of(self, row) -> int | None:
        raise NotImplementedError

    def person_ids_of(self, row) -> list[int]:
        """For rows that are about several people; each of them once."""
        person_id = self.person_id_of(row)
        return [person_id] if person_id else []

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        shown = (getattr(answer, "context_data", None) or {}).get("cl")
        if shown is not None:
            found = (key for row in shown.result_list for key in self.person_ids_of(row))
            page = f"list {self.opts.model_name}"
            record_looks(actor_id=request.user.pk, person_ids=found, page=page)
        return answer

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, object_id)
        seen = row is not None and self.has_view_or_change_permission(request, row)
        if seen:
            found = self.person_ids_of(row)
            record_looks(actor_id=request.user.pk, person_ids=found, page="history")
        return super().history_view(request, object_id, extra_context)
