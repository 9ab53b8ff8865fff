"""Sessions in the database under a hash of their id: who reads the table enters nowhere, and a
session can be ended by the hash that its `SignIn` keeps."""

import hashlib
from datetime import UTC, datetime

from django.contrib.sessions.backends.db import SessionStore as DbSessionStore
from django.contrib.sessions.models import Session
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import SignIn
from common import clock
from common.questions import RowQuestion


def _alive(key: str, now: datetime) -> QuerySet:
    sign_in = SignIn.objects.filter(session_hash=OuterRef("session_key"))
    alive = Session.objects.filter(session_key=key, expire_date__gt=now)
    return alive.annotate(seen_at=Subquery(sign_in.values("seen_at")))


ALIVE = RowQuestion(
    _alive,
    key="the key that a browser brings",
    now=datetime(1, 1, 7, tzinfo=UTC),
)
LENGTH = 40  # the column's; 160 bits


def stored_key(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()[:LENGTH]


class SessionStore(DbSessionStore):
    seen_at: datetime | None = None  # the last click, where the session has its `SignIn`

    def _get_session_from_db(self):
        found = ALIVE.ask(key=stored_key(self.session_key), now=clock.now())
        if found is None:
            self._session_key = None
        else:
            self.seen_at = found.seen_at
        return found

    async def _aget_session_from_db(self):
        raise NotImplementedError("the portal is synchronous")

    def exists(self, session_key):
        return super().exists(stored_key(session_key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=stored_key(key)).delete()
