# The door's names; at run time, too: lazy_loader reads them here.

from .entry_points import BEGIN as BEGIN
from .entry_points import IPYKERNEL_OPTIONS as IPYKERNEL_OPTIONS
from .entry_points import PRELOADED as PRELOADED
from .entry_points import RUN as RUN
from .entry_points import SERVE as SERVE
from .inspection import inspect as inspect
from .pool import KERNEL as KERNEL
from .pool import PLACES as PLACES
from .pool import XSRF as XSRF
from .pool import PageKey as PageKey
from .pool import PagePool as PagePool
from .pool import PreparedPage as PreparedPage
from .renderer import PageRenderer as PageRenderer
from .renderer import PreparedPageRenderer as PreparedPageRenderer
from .trial import SECONDS as SECONDS
from .trial import Outputs as Outputs
from .trial import PageQuestion as PageQuestion
from .trial import PageTrial as PageTrial
from .trial import Trial as Trial
from .versions import NotebookVersion as NotebookVersion
from .versions import NotebookVersions as NotebookVersions
from .versions import misnamed as misnamed
