"""The study kit: what an evaluator writes before and after a study, filled in where it can be."""

from myths.evaluation.study.kit import study_kit
from myths.evaluation.study.known import StudyPlan

__all__ = ["StudyPlan", "study_kit"]
