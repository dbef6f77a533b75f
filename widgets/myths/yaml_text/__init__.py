"""YAML files in which single values are changed, and all else stays as its writer left it."""

from myths.yaml_text.line_breaks import rewrapped, unwrapped
from myths.yaml_text.scalars import Bare
from myths.yaml_text.spans import Place, YamlTextError
from myths.yaml_text.yaml_text import YamlText

__all__ = ["Bare", "Place", "YamlText", "YamlTextError", "rewrapped", "unwrapped"]
