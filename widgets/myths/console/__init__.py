"""The trainer's side of a room that is led: the console, in JupyterLab and on the staff pages."""

from myths.console.console import Console, lead
from myths.console.inquiries import place_title
from myths.console.room_lead import RoomLead
from myths.console.screen import ProjectorScreen

__all__ = ["Console", "ProjectorScreen", "RoomLead", "lead", "place_title"]
