"""A notebook becomes a page: run once, kept ready, and forked for each visitor.

The names are in the stub beside this file. Each is loaded when it is first asked for: a page's
process needs neither the pool nor the renderer.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
