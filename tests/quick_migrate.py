"""`python -m tests.quick_migrate` migrates as `manage.py migrate` does, in a fraction of its time.

Django renders a model and whatever is tied to it anew after each operation, and here everything is
tied to a person. A new model needs no other rendered again, a trigger none at all. Only reading
backwards over a relation would miss them: `is_delayed` makes RunPython render all of them first.
"""

import os

import django
from django.core.management import call_command
from django.db.migrations.state import ProjectState


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.test")
    django.setup()
    from pgtrigger.migrations import AddTrigger  # its models want Django to be ready

    ProjectState.add_model = _add_model
    AddTrigger.state_forwards = _add_trigger
    call_command("migrate", verbosity=0)


def _add_model(state: ProjectState, model) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.apps.render_multiple([model])
        state.is_delayed = True


def _add_trigger(operation, app_label: str, state: ProjectState) -> None:
    options = state.models[app_label, operation.model_name].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]
    state.is_delayed = True


if __name__ == "__main__":
    main()
