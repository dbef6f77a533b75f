"""The room while it is led: where it is, who hears of it, what a group sees of its answers."""

from myths.live import acts
from myths.live.hub import Hub, told
from myths.live.results import (
    gather_texts,
    group_change,
    group_shares,
    group_texts,
    looks,
    revealed,
    settle,
    wall,
)
from myths.live.suppression import GroupText, Share, Shares
from myths.store import QuestionKey

__all__ = [
    "GroupText",
    "Hub",
    "QuestionKey",
    "Share",
    "Shares",
    "acts",
    "gather_texts",
    "group_change",
    "group_shares",
    "group_texts",
    "looks",
    "revealed",
    "settle",
    "told",
    "wall",
]
