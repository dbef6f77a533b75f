"""For the evaluator: the answers of a workshop as tidy pandas tables, and what they show.

The names are in the stub beside this file. Each is loaded when it is first asked for: a table need
not wait for the statistics, nor those for the pictures.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
