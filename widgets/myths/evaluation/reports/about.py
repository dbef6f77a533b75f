"""Who reports, for what and for whom: the words of a report's title block, from a file."""

from __future__ import annotations

import base64
from functools import cached_property
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from myths.errors import EvaluationError

_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_LARGEST = 1_000_000  # bytes of a logo, which is in each file


class ReportAbout(BaseModel):
    """The title block: what is empty is left out. `logo` is the path of a picture."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    organisation: str = Field(default="", max_length=200)
    project: str = Field(default="", max_length=200)
    grant: str = Field(default="", max_length=200)
    contact: str = Field(default="", max_length=200)
    licence: str = Field(default="", max_length=200)
    logo: Path | None = None

    @classmethod
    def read(cls, file: str | Path) -> Self:
        """Read a YAML file; its logo is looked for beside it. Raises EvaluationError."""
        path = Path(file).expanduser()
        try:
            about = cls.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
            if about.logo is None:
                return about
            logo = path.parent / about.logo
            about = about.model_copy(update={"logo": logo})
            if len(about.picture) > _LARGEST or logo.suffix.lower() not in _KINDS:
                raise ValueError(f"logo: {logo.name} is no SVG, PNG or JPEG of up to 1 MB")
        except OSError as fault:
            name = fault.filename or path
            raise EvaluationError(
                f"{name} cannot be read ({fault.strerror}): name another file with --about."
            ) from fault
        except ValidationError as fault:
            first = fault.errors()[0]
            place = ".".join(map(str, first["loc"])) or "all of it"
            names = ", ".join(cls.model_fields)
            raise EvaluationError(
                f"{path}: {place}: {first['msg']}. It may have {names}, each with a line of words."
            ) from fault
        except (ValueError, yaml.YAMLError) as fault:
            raise EvaluationError(f"{path} is not as it should be ({fault}): mend it.") from fault
        return about

    @cached_property
    def picture(self) -> bytes:
        """The bytes of the logo, if there is one."""
        return self.logo.read_bytes() if self.logo else b""

    @property
    def address(self) -> str:
        """The logo as an address that a page needs no file for; empty without one."""
        if self.logo is None:
            return ""
        kind = _KINDS[self.logo.suffix.lower()]
        return f"data:{kind};base64,{base64.b64encode(self.picture).decode()}"

    @property
    def named(self) -> str:
        """Whose logo it is, for who cannot see it."""
        return self.organisation or self.project or "Logo"

    @property
    def lines(self) -> dict[str, str]:
        """What stands under the title, by name."""
        names = ("organisation", "grant", "contact", "licence")
        return {name: value for name in names if (value := getattr(self, name))}
