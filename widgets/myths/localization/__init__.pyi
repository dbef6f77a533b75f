# The door's names; at run time, too: lazy_loader reads them here.

from .new_language import begin_language as begin_language
from .portable_object import of_po as of_po
from .portable_object import to_po as to_po
from .returned import Returned as Returned
from .returned import take_over as take_over
from .spreadsheet import of_xlsx as of_xlsx
from .spreadsheet import to_xlsx as to_xlsx
from .translations import FileStatus as FileStatus
from .translations import Translations as Translations
from .translations import write as write
from .yaml_words import with_texts as with_texts
