"""What an operator types: normalised and explained. The services decide; nothing here writes."""

from patents.forms.corrections import (
    DaysForm,
    FormerDayForm,
    GroundForm,
    InnDayForm,
    PatentForm,
    RefusalForm,
    TakeBackForm,
)
from patents.forms.papers import PaperForm
from patents.forms.registration import AnotherApplicationForm, ListForm, RegistrationForm
from patents.forms.steps import (
    AnnulForm,
    InnForm,
    IssueForm,
    ReadyForm,
    RefuseForm,
    StepForm,
)

__all__ = [
    "AnnulForm",
    "AnotherApplicationForm",
    "DaysForm",
    "GroundForm",
    "InnDayForm",
    "InnForm",
    "IssueForm",
    "ListForm",
    "PaperForm",
    "PatentForm",
    "ReadyForm",
    "RefusalForm",
    "RefuseForm",
    "RegistrationForm",
    "StepForm",
    "FormerDayForm",
    "TakeBackForm",
]
