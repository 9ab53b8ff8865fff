"""What is true of applications, patents and INNs; each noun in a file of its kind."""

from patents.models.applications import (
    Application,
    ApplicationStatus,
    ApplicationStep,
    Ground,
)
from patents.models.feed import (
    NOT_COUNTING,
    FeedItem,
    FeedKind,
    FeedReason,
    FeedState,
    FeedStatus,
    FeedTrouble,
)
from patents.models.former_days import FormerDay
from patents.models.history import (
    ApplicationHistory,
    ApplicationStepHistory,
    FeedItemHistory,
    FormerDayHistory,
    InnHistory,
    PaperHistory,
    PatentHistory,
)
from patents.models.inns import Inn
from patents.models.news import News, NewsSeen
from patents.models.papers import (
    BroughtBy,
    DocumentKind,
    Paper,
    PaperState,
    RefusalKind,
)
from patents.models.patents import Patent
from patents.models.rules import PatentRule
from patents.models.sources import FROM_MINISTRY, Source, Sourced

__all__ = [
    "FROM_MINISTRY",
    "NOT_COUNTING",
    "Application",
    "ApplicationHistory",
    "ApplicationStatus",
    "ApplicationStep",
    "ApplicationStepHistory",
    "BroughtBy",
    "DocumentKind",
    "FeedItem",
    "FeedItemHistory",
    "FeedKind",
    "FeedReason",
    "FeedState",
    "FeedStatus",
    "FeedTrouble",
    "FormerDay",
    "FormerDayHistory",
    "Ground",
    "Inn",
    "InnHistory",
    "News",
    "NewsSeen",
    "Paper",
    "PaperHistory",
    "PaperState",
    "Patent",
    "PatentHistory",
    "PatentRule",
    "RefusalKind",
    "Source",
    "Sourced",
]
