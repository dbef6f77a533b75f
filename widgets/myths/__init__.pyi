# The public names; at run time, too: lazy_loader reads them here.

from .console import lead as lead
from .console import workshops as workshops
from .evaluation import Coding as Coding
from .evaluation import answers as answers
from .evaluation import attrition as attrition
from .evaluation import benchmark as benchmark
from .evaluation import change as change
from .evaluation import codebook as codebook
from .evaluation import distribution as distribution
from .evaluation import export as export
from .evaluation import open_data as open_data
from .evaluation import pairs as pairs
from .evaluation import paradata as paradata
from .evaluation import participants as participants
from .evaluation import precision as precision
from .evaluation import reliability as reliability
from .evaluation import report as report
from .evaluation import waves as waves
from .evaluation import wide as wide
from .module import Module as Module
from .module import Page as Page
from .samples import rehearsal_data as rehearsal_data
from .studio import edit as edit
