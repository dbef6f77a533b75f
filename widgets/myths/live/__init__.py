"""The room while it is led: where it is, who hears of it, what a group sees of its answers."""

from myths.live import acts
from myths.live.hub import Hub, told
from myths.live.results import group_change, group_shares, group_texts, revealed, settle
from myths.live.suppression import Share, Shares
from myths.store import QuestionKey

__all__ = [
    "Hub",
    "QuestionKey",
    "Share",
    "Shares",
    "acts",
    "group_change",
    "group_shares",
    "group_texts",
    "revealed",
    "settle",
    "told",
]
