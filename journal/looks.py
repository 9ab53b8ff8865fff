"""A list in the admin shows the data of many people: each of them is written down."""

from journal.services import record_look, record_looks


class LooksAreKept:
    """A mixin of admins whose rows are about people; their cards write themselves down."""

    def person_id_of(self, row) -> int | None:
        raise NotImplementedError

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        shown = (getattr(answer, "context_data", None) or {}).get("cl")
        if shown is not None:
            found = (self.person_id_of(row) for row in shown.result_list)
            record_looks(
                actor_id=request.user.pk,
                person_ids=(person_id for person_id in found if person_id),
                page=f"list {self.opts.model_name}",
            )
        return answer

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, object_id)
        seen = row is not None and self.has_view_or_change_permission(request, row)
        if seen and (person_id := self.person_id_of(row)):
            record_look(actor_id=request.user.pk, person_id=person_id, page="history")
        return super().history_view(request, object_id, extra_context)
