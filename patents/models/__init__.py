"""What is true of applications, patents and INNs; each noun in a file of its kind."""

from patents.models.applications import (
    Application,
    ApplicationStatus,
    ApplicationStep,
    Ground,
)
from patents.models.history import (
    ApplicationHistory,
    ApplicationStepHistory,
    InnHistory,
    PatentHistory,
)
from patents.models.inns import Inn
from patents.models.patents import Patent
from patents.models.rules import PatentRule
from patents.models.sources import Source, Sourced

__all__ = [
    "Application",
    "ApplicationHistory",
    "ApplicationStatus",
    "ApplicationStep",
    "ApplicationStepHistory",
    "Ground",
    "Inn",
    "InnHistory",
    "Patent",
    "PatentHistory",
    "PatentRule",
    "Source",
    "Sourced",
]
