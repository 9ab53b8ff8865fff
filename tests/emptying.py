"""Between tests that commit: every table empty but for the rows that our migrations ship.

Django empties all tables and saves the shipped rows one by one, which takes a second each time. Few
tables have rows after a test, and the database can copy by itself. Needs a superuser, who alone may
pass by the triggers that keep rows from being changed: servers made for tests have one.
"""

KEEP = """
DROP SCHEMA IF EXISTS shipped CASCADE;
CREATE SCHEMA shipped;
DO $$
DECLARE name text; filled boolean;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('CREATE TABLE shipped.%1$I AS TABLE public.%1$I', name);
        END IF;
    END LOOP;
END $$;
CREATE FUNCTION shipped.put_back() RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica AS $$
DECLARE name text; filled boolean; columns text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM public.%I', name); END IF;
    END LOOP;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'shipped' LOOP
        SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
            WHERE attrelid = format('public.%I', name)::regclass AND attnum > 0
                AND attgenerated = '' AND NOT attisdropped;
        EXECUTE format('INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM shipped.%1$I',
            name, columns);
    END LOOP;
END $$;
"""


def keep_shipped(connection) -> None:
    """Copies what is in the tables now."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP)


def put_back(connection) -> None:
    """Makes the tables what they were at `keep_shipped`; the numbers of rows go on counting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shipped.put_back()")
