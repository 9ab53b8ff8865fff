"""Who has no INN: kept by the database beside the application, because what is missing has no
index of its own, and reading everybody to find nobody costs more the more people there are."""

import pgtrigger

KNOWN = "EXISTS (SELECT 1 FROM patents_inn WHERE person_id = {person} AND valid_until IS NULL)"
SAY = """
    UPDATE patents_application SET inn_missing = NOT inn_missing
    WHERE person_id = {person} AND inn_missing = {known};
"""


def _said(person: str) -> str:
    return SAY.format(person=person, known=KNOWN.format(person=person))


def of_an_application() -> pgtrigger.Trigger:
    """Whatever is written into the row, the truth stands there."""
    known = KNOWN.format(person="NEW.person_id")
    return pgtrigger.Trigger(
        name="inn_missing",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"NEW.inn_missing := NOT {known}; RETURN NEW;",
    )


def of_an_inn() -> pgtrigger.Trigger:
    """An INN that comes, is corrected, goes or moves to another person."""
    return pgtrigger.Trigger(
        name="inn_missing",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP <> 'DELETE' THEN {_said("NEW.person_id")} END IF;
            IF TG_OP <> 'INSERT' THEN {_said("OLD.person_id")} END IF;
            RETURN NULL;
        """,
    )
