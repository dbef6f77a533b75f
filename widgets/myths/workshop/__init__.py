"""The live session: what a group sees of its own answers, and what it must never see."""

from myths.store import Place
from myths.workshop.results import group_shares, group_texts
from myths.workshop.suppression import FEWEST, Share, Shares

__all__ = ["FEWEST", "Place", "Share", "Shares", "group_shares", "group_texts"]
