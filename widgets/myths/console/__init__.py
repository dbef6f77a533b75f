"""The trainer's side of a room that is led: the console, in JupyterLab and on the staff pages."""

from myths.console.console import Console, lead
from myths.console.inquiries import place_title
from myths.console.module_places import ModulePlaces
from myths.console.room_lead import FOLDER, RoomLead
from myths.console.room_results import summary
from myths.console.screen import ProjectorScreen
from myths.console.workshop_choices import WorkshopChoices
from myths.console.workshop_desk import WorkshopDesk, workshops
from myths.console.workshop_form import WorkshopForm

__all__ = [
    "FOLDER",
    "Console",
    "ModulePlaces",
    "ProjectorScreen",
    "RoomLead",
    "WorkshopChoices",
    "WorkshopDesk",
    "WorkshopForm",
    "lead",
    "place_title",
    "summary",
    "workshops",
]
