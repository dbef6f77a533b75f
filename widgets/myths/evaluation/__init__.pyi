# The door's names; at run time, too: lazy_loader reads them here.

from .coding import Coding as Coding
from .data.attrition import attrition as attrition
from .data.pairs import pairs as pairs
from .data.paradata import paradata as paradata
from .data.tables import answers as answers
from .data.tables import participants as participants
from .data.tables import wide as wide
from .data.wordings import codebook as codebook
from .disclosure.benchmark import benchmark as benchmark
from .exports import FORMATS as FORMATS
from .exports import Exported as Exported
from .exports import ExportError as ExportError
from .exports import export as export
from .exports.open_data import open_data as open_data
from .reports import report as report
from .stats.change import change as change
from .stats.distribution import distribution as distribution
from .stats.precision import precision as precision
from .stats.reliability import reliability as reliability
from .stats.waves import waves as waves
from .study import StudyPlan as StudyPlan
from .study import study_kit as study_kit
from .words import WORD_FILES as WORD_FILES
