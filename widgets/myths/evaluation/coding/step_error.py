"""Why a step of coding is not done, in the words of any desk."""

from __future__ import annotations

from myths.errors import CodingError
from myths.evaluation.words import words
from myths.evaluation.words.desk_words import DeskWords


class StepError(CodingError):
    """A step that cannot be done now; nothing was changed.

    `key` names the words of a desk that say why, and `values` fills them in. The sentence of the
    error itself is English, as those of all errors are.
    """

    def __init__(self, key: str, **values: int) -> None:
        self.key, self.values = key, values
        super().__init__(self.told(words().desk))

    def told(self, says: DeskWords) -> str:
        """Return why, in these words."""
        return str(says[self.key].format(**self.values))
