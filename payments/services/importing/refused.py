"""Files that the folder refused, until somebody of the staff has seen them."""

from accounts.models import User
from common import clock
from payments.models import RefusedFile

LONGEST_NAME = 200


def note_refused(*, content_hash: str, kept: str, reason: str) -> RefusedFile:
    """`kept` is its name in the folder of refused files: the mark of the hash and its own name."""
    kept = kept.encode(errors="replace").decode()
    _mark, _dash, name = kept.partition("-")
    return RefusedFile.objects.create(
        content_hash=content_hash, name=name[-LONGEST_NAME:], kept_as=kept, reason=reason
    )


def see(*, refused_id: int, actor: User) -> None:
    """Somebody has looked and told the sender; said once, it stays said."""
    RefusedFile.objects.filter(pk=refused_id, seen_at__isnull=True).update(
        seen_at=clock.now(), seen_by=actor
    )
