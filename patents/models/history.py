"""What staff and the Ministry say keeps its history."""

from journal.history import keep_former_states, keep_history
from patents.models.applications import Application, ApplicationStep
from patents.models.feed import FeedItem
from patents.models.former_days import FormerDay
from patents.models.inns import Inn
from patents.models.papers import Paper
from patents.models.patents import Patent

ApplicationHistory = keep_history(
    Application, exclude=["inn_missing", "refusal_incomplete", "refusal_digest"]
)
ApplicationStepHistory = keep_history(ApplicationStep)
PatentHistory = keep_history(Patent)
InnHistory = keep_history(Inn)
PaperHistory = keep_history(Paper)
FormerDayHistory = keep_former_states(FormerDay, exclude=["followed_at", "asks_since"])
FeedItemHistory = keep_former_states(FeedItem, exclude=["payload"])
