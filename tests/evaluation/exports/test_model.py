"""The mixed ordinal model for R, beside the package ordinal 2022.11-16 in R 4.2.2."""

from __future__ import annotations

import myths
import pytest

from tests.evaluation.r import by_r, needs_r

# 1 workshop; 9 that do not differ; 6 of 4 to 50 people that do: made in R, the same each time
MADE = r"""
source("read.R", chdir = TRUE)
source("model.R", chdir = TRUE)
set.seed(1)
made <- function(sizes, change, people, rooms) {
  room <- rep(seq_along(sizes), sizes)
  n <- length(room)
  level <- rnorm(n, 0, people)
  moved <- rnorm(length(sizes), 0, rooms)[room] + change
  answer <- function(at) findInterval(at + rlogis(n), c(-2, -0.5, 0.7, 2)) + 1
  first <- answer(level)
  rows <- data.frame(participant = rep(seq_len(n), 2), workshop = rep(room, 2),
                     later = rep(0:1, each = n), value = c(first, answer(level + moved)))
  rows[-c(3, 70), ]
}
sets <- list(made(60, -0.8, 1.5, 0.5), made(rep(15, 9), -0.8, 1.5, 0),
             made(c(4, 9, 14, 20, 30, 50), -0.8, 1.5, 1))
"""
LOOK = r"""
fitted <- rbind(do.call(rbind, lapply(sets, fit_change)), fit_change(sets[[3]], 31))
cell <- function(x) ifelse(is.na(x), "null", format(x, digits = 10))
row <- function(i) paste0("[", paste(cell(unlist(fitted[i, 4:11])), collapse = ", "), "]")
cat("[", paste(vapply(1:4, row, ""), collapse = ", "), "]", sep = "")
"""
CLMM = """
library(ordinal)
for (set in sets) {
  set$value <- factor(set$value)
  for (name in c("participant", "workshop")) set[[name]] <- factor(set[[name]])
  m <- if (nlevels(set$workshop) != 6) clmm(value ~ later + (1 | participant), set, nAGQ = 21)
       else clmm(value ~ later + (1 | participant) + (0 + later | workshop), set)
  cat(c(summary(m)$coefficients["later", 1:2], sqrt(unlist(VarCorr(m))), logLik(m)), "\n")
}
"""  # what the numbers below come from; not run here, where R has no packages

ALONE = (0.4960028, 0.3487161, 1.248082, -176.7589)  # log odds, error, people, likelihood
SAME = (-0.8841798, 0.2421382, 1.58465, -406.1702)
ROOMS = (-0.8505567, 0.3248886, 0.4080779, -380.7334)  # the third is of the workshops


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("model") / "out"
    db = myths.rehearsal_data()
    return myths.export(out, db, rehearsal=True, formats=["csv", "r"]).path


@needs_r
def test_the_model_finds_what_clmm_finds(folder):
    names = ("log_odds", "low", "high", "error", "odds_ratio", "people", "rooms", "likelihood")
    found = [dict(zip(names, row, strict=True)) for row in by_r(MADE + LOOK, folder)]
    alone, same, rooms, finer = found
    for row, known in ((alone, ALONE), (same, SAME)):
        told = [row[name] for name in ("log_odds", "error", "people", "likelihood")]
        assert told == pytest.approx(known, abs=1e-3)
    assert alone["rooms"] is None
    assert same["rooms"] < 0.001
    told = [rooms[name] for name in ("log_odds", "error", "rooms")]
    assert told == pytest.approx(ROOMS[:3], abs=0.1)
    assert rooms["likelihood"] > ROOMS[3]  # as with more places: Laplace's is what is coarse
    assert list(rooms.values()) == pytest.approx(list(finer.values()), abs=0.02)


@needs_r
def test_the_model_reads_the_answers_of_the_export_and_never_pools_wordings(folder):
    (people, rooms, change), told = by_r(
        """
        source("read.R", chdir = TRUE)
        source("model.R", chdir = TRUE)
        one <- ordinal_change("risk", language = "en")
        told <- tryCatch(ordinal_change("risk"), error = conditionMessage)
        cat(sprintf('[[%d, %d, %f], "%s"]', one$people, one$workshops, one$log_odds, told))
        """,
        folder,
    )
    pairs = myths.pairs(myths.rehearsal_data(), module="risk", language="en", rehearsal=True)
    pairs = pairs[pairs["primary"] & pairs[["before", "later"]].notna().any(axis=1)]
    assert people == len(pairs)
    assert rooms == pairs["workshop"].nunique()
    assert change < 0
    assert "choose one language of en" in told
