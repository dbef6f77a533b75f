"""What a trainer begins with: a module of their own, and the support lines of their country."""

from myths.scaffold.new_country import begin_country
from myths.scaffold.new_module import begin_module
from myths.scaffold.shown_module import show_module

__all__ = ["begin_country", "begin_module", "show_module"]
