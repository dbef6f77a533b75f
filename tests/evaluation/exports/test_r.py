"""The script for R; with R itself where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import myths
import pytest
from myths.evaluation.words import words
from myths.vocabulary import Phase

from tests.evaluation.exports.conftest import TEXTS
from tests.evaluation.r import by_r, needs_r

LOOK = r"""
source("read.R", chdir = TRUE)
quoted <- function(x) paste0('"', x, '"', collapse = ",")
cat(sprintf('{"rows": [%d, %d, %d], ', nrow(answers), nrow(participants), nrow(wide)))
cat(sprintf('"levels": [%s], ', quoted(levels(wide_factors$risk.confidence.before))))
declined <- wide_factors$risk.myth.before == "Prefer not to say"
cat(sprintf('"declined": %d, ', sum(declined, na.rm = TRUE)))
cat(sprintf('"missing": %d, ', sum(is.na(wide$risk.myth.before))))
cat(sprintf('"mean": %f, ', mean(answers$value, na.rm = TRUE)))
cat(sprintf('"phases": [%s], ', quoted(levels(answers$phase))))
cat(sprintf('"time": %f, ', as.numeric(answers$answered_at[1])))
cat(sprintf('"codes": [%d, %d, %d], ', nrow(codes), sum(is.na(codes$code)), nrow(definitions)))
cat(sprintf('"title": "%s"}', attr(wide$risk.half.before, "label")))
con <- file("texts.txt", "wb")
for (text in answers$text[!is.na(answers$text)]) writeBin(c(charToRaw(text), as.raw(0)), con)
close(con)
"""


def test_the_script_reads_the_files_that_there_are_and_names_what_was_declined(made):
    script = (made.folder / "read.R").read_text("utf-8")
    names = set(re.findall(r'read_(?:text|table)\("(\w+)"\)', script))
    assert names == {path.stem for path in (made.folder / "csv").iterdir()}
    assert f'"{words().export.declined}"' in script


@pytest.fixture(params=["C.UTF-8", "C", "ISO-8859-1"])
def locale(request, tmp_path) -> dict[str, str]:
    """An environment with a locale, which is made if the system has none of its kind."""
    if request.param != "ISO-8859-1":
        return os.environ | {"LC_ALL": request.param}
    if not shutil.which("localedef"):
        pytest.skip("no Latin-1 locale can be made here")
    name = "en_US.ISO-8859-1"
    make = ["localedef", "-i", "en_US", "-f", "ISO-8859-1", str(tmp_path / name)]
    subprocess.run(make, capture_output=True, check=True)
    return os.environ | {"LOCPATH": str(tmp_path), "LC_ALL": name}


@needs_r
def test_r_reads_values_labels_and_texts_in_any_locale(made, tmp_path, locale):
    folder = shutil.copytree(made.folder, tmp_path / "out")
    seen = by_r(LOOK, folder, env=locale)
    answers = myths.answers(made.db)
    assert seen["rows"] == [made.done.rows[name] for name in ("answers", "participants", "wide")]
    numbers = [str(number) for number in range(1, 10)]
    assert seen["levels"][1:10] == numbers
    assert seen["levels"][0] == "Not sure at all"
    assert seen["levels"][-1] == words().export.declined
    assert seen["declined"] == 1
    assert seen["missing"] == myths.wide(made.db)["risk.myth.before"].isna().sum()
    assert seen["mean"] == pytest.approx(answers["value"].mean(), abs=1e-6)
    assert seen["phases"] == [*Phase.words()]
    assert seen["time"] == pytest.approx(answers["answered_at"][0].timestamp(), abs=1e-3)
    codes = myths.Coding(db=made.db).codes()
    assert seen["codes"] == [len(codes), codes["code"].isna().sum(), 3]
    assert seen["title"].startswith("before: ")
    texts = (folder / "texts.txt").read_bytes().decode("utf-8").split("\0")[:-1]
    one_kind = {re.sub(r"\r\n?", "\n", text) for text in TEXTS}  # R's own reading
    assert {re.sub(r"\r\n?", "\n", text) for text in texts} >= one_kind
