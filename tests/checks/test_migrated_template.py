"""Which database the tests take further when migrations were added."""

from tests.database import _former

FILES = {"requirements.txt": "a", "app/migrations/0001.py": "b", "app/migrations/0002.py": "c"}
ONE = {"requirements.txt": "a", "app/migrations/0001.py": "b"}


def test_the_furthest_database_made_by_our_files_is_taken_further():
    known = {"bare": {"requirements.txt": "a"}, "one": ONE}

    assert _former(known, FILES) == "one"


def test_a_changed_or_missing_migration_and_other_libraries_begin_anew():
    changed = ONE | {"app/migrations/0001.py": "other"}
    more = ONE | {"app/migrations/0003.py": "d"}
    libraries = ONE | {"requirements.txt": "other"}

    known = {"changed": changed, "more": more, "libraries": libraries, "untold": {}}

    assert _former(known, FILES) == "template1"
