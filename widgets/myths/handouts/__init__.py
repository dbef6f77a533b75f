"""What is printed: the sheet and the guide of a module, the ten questions, the leaflet."""

from myths.handouts.documents import leaflet_document, module_documents, questions_document
from myths.handouts.prose import nodes
from myths.handouts.sheet import PaperSheet

__all__ = ["PaperSheet", "leaflet_document", "module_documents", "nodes", "questions_document"]
