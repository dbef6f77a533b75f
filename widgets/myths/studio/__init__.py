"""The studio: a trainer's draft, the forms for its texts, the check of it, and what is published.

Texts are changed on the staff pages and in JupyterLab.
"""

from myths.studio.draft_changes import DraftChange
from myths.studio.draft_editor import DraftEditor
from myths.studio.examination import examine
from myths.studio.publication import Publication
from myths.studio.publication_summary import PublicationSummary
from myths.studio.remedy_place import RemedyPlace, remedy_places
from myths.studio.studio import Studio, edit
from myths.studio.unpooled import UnpooledQuestion

__all__ = [
    "DraftChange",
    "DraftEditor",
    "Publication",
    "PublicationSummary",
    "RemedyPlace",
    "Studio",
    "UnpooledQuestion",
    "edit",
    "examine",
    "remedy_places",
]
