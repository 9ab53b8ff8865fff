"""Faults that the database lets nobody make: planted by a superuser, behind its guards."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def behind_the_guards():
    """Triggers sleep in the block; rows written in it are asked about nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was written before is asked about
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
