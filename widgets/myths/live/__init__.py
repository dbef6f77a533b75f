"""The live session: what a group sees of its own answers, and what it must never see."""

from myths.live.results import group_shares, group_texts
from myths.live.suppression import FEWEST, Share, Shares
from myths.store import QuestionKey

__all__ = ["FEWEST", "QuestionKey", "Share", "Shares", "group_shares", "group_texts"]
