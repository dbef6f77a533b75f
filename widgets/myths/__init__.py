"""Training notebooks about seven common beliefs on perpetrator programmes.

In a module notebook: `module = myths.Module("risk")`, then a section a cell, as `module.reading()`.
For the evaluator: `myths.answers()`, `participants()`, `wide()` and `codebook()`, pandas frames;
`attrition()`, `pairs()`, `distribution()` and `change()` for what moved from before to after, and
`waves()` for what became of it;
`paradata()` for the time it took, `reliability()` for composites; `Coding` for what people wrote;
`export()` writes files, `open_data()` rows for everybody, and `report()` a page and a document.

The names are in the stub beside this file. Each is loaded when it is first asked for: a
participant's kernel needs no pandas.
"""

import lazy_loader

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    """Load a public name; AttributeError lists those that there are (Python's hook)."""
    if name not in __all__:
        raise AttributeError(f"myths has no {name!r}; it has {', '.join(__all__)}")
    return _load(name)
