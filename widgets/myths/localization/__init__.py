"""Translating a series: what translators get, what they give back, and how far they are.

The names are in the stub beside this file. Each is loaded when it is first asked for: a server that
begins a language needs no spreadsheets.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
