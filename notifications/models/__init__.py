from notifications.models.messages import Channel, Lane, Message, MessageStatus
from notifications.models.operators import NumberCount, Operator, OperatorMinute, Spent
from notifications.models.preferences import Preference, Topic
from notifications.models.receipts import EarlyReceipt

__all__ = [
    "Channel",
    "EarlyReceipt",
    "Lane",
    "Message",
    "MessageStatus",
    "NumberCount",
    "Operator",
    "OperatorMinute",
    "Preference",
    "Spent",
    "Topic",
]
