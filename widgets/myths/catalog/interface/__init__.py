"""The words of buttons and labels: ui/<language>.yml, with every key it must have."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from myths.catalog.contract import WordGroup
from myths.catalog.interface.access_words import AccessWords
from myths.catalog.interface.beginning_words import BeginningWords
from myths.catalog.interface.components import ComponentWords
from myths.catalog.interface.handouts import HandoutWords, LeafletWords
from myths.catalog.interface.pages import (
    EveryPageWords,
    LanguageWords,
    PageStepWords,
    ProblemWords,
    RecordingWords,
    RoomWords,
    SupportListWords,
    UnsavedWords,
)
from myths.catalog.interface.paper_entry import PaperEntryWords
from myths.catalog.interface.publication_words import PublicationWords
from myths.catalog.interface.room_words import ConsoleWords, ProjectorWords, RoomSummaryWords
from myths.catalog.interface.staff import AudienceWords, RouteWords, StaffWords
from myths.catalog.interface.studio_words import StudioWords
from myths.catalog.interface.visit import (
    FollowupDateWords,
    InquiryWords,
    JoinWords,
    LeaveWords,
    LeftWords,
    OwnAnswersWords,
    PrivacyWords,
    RecoveryCodeWords,
    WithdrawWords,
)
from myths.catalog.interface.workshop_words import (
    NetworkTestWords,
    RehearsalWords,
    WorkshopWords,
)
from myths.catalog.words import Slug, Words, having


class ThreePoints(WordGroup):
    """The labels of a scale of three points."""

    first: Annotated[str, having(), Field(alias="1")]
    second: Annotated[str, having(), Field(alias="2")]
    third: Annotated[str, having(), Field(alias="3")]


class FivePoints(ThreePoints):
    """The labels of a scale of five points."""

    fourth: Annotated[str, having(), Field(alias="4")]
    fifth: Annotated[str, having(), Field(alias="5")]


class SectionWords(WordGroup):
    """Section `sections`: headings and lead-ins of a module's sections."""

    rate_before: Words
    rate_before_intro: Words
    rate_after: Words
    rate_after_intro: Words
    rate_retrospective: Words
    rate_retrospective_intro: Words
    core: Words
    facts: Words
    treaty: Words
    recall: Words
    recall_intro: Words
    commit: Words
    commit_intro: Words
    example: Annotated[str, having("example")]
    change: Words
    page_rate: Words
    page_reflect: Words
    changes: Words
    changes_intro: Words
    changes_nothing: Words
    plans: Words
    plans_intro: Words
    outcomes_intro: Words
    again: Words
    takeaways: Words


class ModuleQuestions(WordGroup):
    """Section `module`: What every module asks."""

    confidence_question: Words
    confidence_low: Words
    confidence_high: Words
    reason_question: Words
    commitment_if: Words
    commitment_then: Words
    plan_question: Words


class GuideHeadings(WordGroup):
    """The headings of every guide for trainers, in their order."""

    aim: Words
    materials: Words
    plan: Words
    facts: Words
    say: Words
    objections: Words
    support: Words
    without_technology: Words
    accessibility: Words
    who: Words


class Interface(WordGroup):
    """A language's ui file: one field for each section."""

    page: EveryPageWords
    language: LanguageWords
    join: JoinWords
    privacy: PrivacyWords
    code: RecoveryCodeWords
    date: FollowupDateWords
    unsaved: UnsavedWords
    own: OwnAnswersWords
    withdraw: WithdrawWords
    ask: InquiryWords
    leave: LeaveWords
    left: LeftWords
    staff: StaffWords
    access: AccessWords
    studio: StudioWords
    begin: BeginningWords
    workshop: WorkshopWords
    publish: PublicationWords
    rehearsal: RehearsalWords
    network: NetworkTestWords
    paper: PaperEntryWords
    errors: ProblemWords
    steps: PageStepWords
    recording: RecordingWords
    room: RoomWords
    console: ConsoleWords
    projector: ProjectorWords
    summary: RoomSummaryWords
    sections: SectionWords
    support: SupportListWords
    components: ComponentWords
    rating_scale: FivePoints
    scale_agree: FivePoints
    scale_extent: FivePoints
    scale_done: ThreePoints
    module: ModuleQuestions
    audience: AudienceWords
    routes: dict[Slug, RouteWords]
    guide: GuideHeadings
    handout: HandoutWords
    leaflet: LeafletWords
