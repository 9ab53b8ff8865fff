"""Statement files that come through the browser: kept at once, imported by a worker.

A worker holds the upload by a lock of its connection, so one that died is seen at once. What was
begun is gone on with by the next one; after some tries it waits for staff.
"""

import logging
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.utils import translation

from accounts.models import User
from common import clock
from common.mishaps import log_mishap
from payments.models import Upload
from payments.models.uploads import TRIES
from payments.services.importing.progress import Progress, progress_of
from payments.services.importing.statements import ImportResult, import_statement
from payments.services.ledger import locks
from payments.statements.errors import NotAStatement
from payments.statements.formats import content_hash_of

logger = logging.getLogger(__name__)


@transaction.atomic
def keep_upload(*, file: BinaryIO, name: str, actor: User) -> Upload:
    """Keep the file; a worker imports it soon. A file that was refused, or that waits for staff,
    is begun anew; one that is being imported, or is imported, stays as it is."""
    sent = {"name": name[-200:], "uploaded_by": actor}
    found, is_new = Upload.objects.get_or_create(content_hash=content_hash_of(file), defaults=sent)
    upload = Upload.objects.select_for_update().get(pk=found.pk)
    if is_new or upload.refusal:
        upload.file.delete(save=False)
        upload.file = File(file, name=f"{upload.content_hash}.statement")
    _begin_anew(upload)
    return upload


@transaction.atomic
def start_again(upload_id: int) -> None:
    """Staff let a worker try once more; nothing where it has ended with its lines kept."""
    _begin_anew(Upload.objects.select_for_update().get(pk=upload_id))


def _begin_anew(upload: Upload) -> None:
    if upload.lines is not None or not upload.file:
        return
    upload.tries, upload.refusal, upload.ended_at = 0, "", None
    upload.save()
    transaction.on_commit(lambda: _hint(upload.pk), robust=True)


def _hint(upload_id: int) -> None:
    from payments.tasks import import_upload

    import_upload.delay(upload_id)


def import_waiting() -> int:
    """Take up what no worker has in its hands; returns how many files have ended."""
    return sum(import_upload(pk) for pk in Upload.objects.waiting().values_list("pk", flat=True))


def import_upload(upload_id: int) -> bool:
    """Whether it has ended now. Does nothing while another worker has it."""
    name = lock_of(upload_id)
    if not locks.take(name):
        return False
    try:
        return _has_begun(upload_id) and _import(Upload.objects.get(pk=upload_id))
    finally:
        locks.give_back(name)


class State(NamedTuple):
    """`goes_on`, and a worker that lives has it in its hands; or it waits for staff; or neither."""

    goes_on: bool
    is_running: bool
    is_stopped: bool


def state(upload: Upload) -> State:
    is_open = upload.ended_at is None
    is_running = is_open and locks.is_taken(lock_of(upload.pk))
    is_stopped = is_open and not is_running and upload.tries >= TRIES
    return State(is_open and not is_stopped, is_running, is_stopped)


def lock_of(upload_id: int) -> str:
    return f"upload:{upload_id}"


def progress(upload: Upload) -> Progress | None:
    return progress_of(upload.content_hash)


def _has_begun(upload_id: int) -> bool:
    waiting = Upload.objects.waiting().filter(pk=upload_id)
    return bool(waiting.update(tries=F("tries") + 1))


def _import(upload: Upload) -> bool:
    watch = Progress(upload.content_hash)
    try:
        with upload.file.open("rb") as file:
            result = import_statement(content=file, name=upload.name, progress=watch)
    except NotAStatement as refusal:
        return _refuse(upload, refusal)
    except Exception as error:
        log_mishap(logger, f"upload {upload.pk} not imported", error)
        return False
    return _end(upload, result)


def _refuse(upload: Upload, refusal: NotAStatement) -> bool:
    # Staff read it, whoever runs this.
    with translation.override(settings.LANGUAGE_CODE):
        Upload.objects.filter(pk=upload.pk).update(refusal=str(refusal), ended_at=clock.now())
    return True


def _end(upload: Upload, result: ImportResult) -> bool:
    """The lines are kept as sent: the file itself is not needed any more."""
    counts = {name: getattr(result, name) for name in ("lines", "matched", "queued")}
    Upload.objects.filter(pk=upload.pk).update(ended_at=clock.now(), file="", **counts)
    upload.file.storage.delete(upload.file.name)
    return True
