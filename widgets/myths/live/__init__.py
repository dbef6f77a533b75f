"""The room while it is led: where it is, who hears of it, what a group sees of its answers."""

from myths.live import steering
from myths.live.hub import Hub, told
from myths.live.results import group_shares, group_texts
from myths.live.suppression import FEWEST, Share, Shares
from myths.store import QuestionKey

__all__ = [
    "FEWEST",
    "Hub",
    "QuestionKey",
    "Share",
    "Shares",
    "group_shares",
    "group_texts",
    "steering",
    "told",
]
