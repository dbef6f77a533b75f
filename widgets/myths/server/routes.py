"""Which handler answers at which address; no other is open."""

from __future__ import annotations

from typing import Any

from myths.pages import PagePool, PagePreview
from myths.server.context import ServerContext
from myths.server.handlers.assets import AssetHandler
from myths.server.handlers.base import DATE, TEST
from myths.server.handlers.followup_date import CalendarHandler, FollowupDateHandler
from myths.server.handlers.health import (
    HealthHandler,
    LiveHandler,
    NotFoundHandler,
    ReadyHandler,
)
from myths.server.handlers.inquiries import PATH as ASK
from myths.server.handlers.inquiries import InquiryHandler, OpenInquiriesHandler
from myths.server.handlers.join import JoinHandler, ReturnHandler
from myths.server.handlers.kernel import (
    KernelMessagesHandler,
    KernelModelHandler,
    KernelShutdownHandler,
    KernelSocketHandler,
    KernelStateHandler,
)
from myths.server.handlers.language import LanguageHandler
from myths.server.handlers.lead import LeadHandler
from myths.server.handlers.leave import LeaveHandler, LeftHandler
from myths.server.handlers.network_check import LiveLineHandler, NetworkCheckHandler
from myths.server.handlers.own_answers import OwnAnswersHandler
from myths.server.handlers.page_form import PageFormHandler
from myths.server.handlers.paper import PATH as PAPER
from myths.server.handlers.paper import PaperHandler
from myths.server.handlers.place import PlaceHandler
from myths.server.handlers.privacy import PrivacyHandler
from myths.server.handlers.projector import ProjectorHandler
from myths.server.handlers.recording_file import RecordingHandler
from myths.server.handlers.recovery_code import RecoveryCodeHandler
from myths.server.handlers.room_summary import RoomSummaryHandler
from myths.server.handlers.staff import StaffLeaveHandler
from myths.server.handlers.staff_beginnings import NEW, StaffBeginningHandler
from myths.server.handlers.staff_data import PATH as DATA
from myths.server.handlers.staff_data import StaffDataFileHandler, StaffDataHandler
from myths.server.handlers.staff_list import StaffListHandler
from myths.server.handlers.staff_log import PATH as LOG
from myths.server.handlers.staff_log import StaffLogHandler
from myths.server.handlers.staff_publication import PATH as PUBLISH
from myths.server.handlers.staff_publication import StaffPublicationHandler
from myths.server.handlers.staff_rehearsal import StaffRehearsalHandler
from myths.server.handlers.staff_workshop import StaffJoinedHandler, StaffWorkshopHandler
from myths.server.handlers.studio import STUDIO, DraftPageHandler, StudioHandler
from myths.server.handlers.voila_frontend import VoilaFrontendHandler
from myths.server.handlers.workshop_calendar import WorkshopCalendarHandler
from myths.server.publication_job import PublicationJob
from myths.vocabulary import SLUG, page_path

_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


def routes(
    context: ServerContext,
    *,
    pool: PagePool,
    voila: dict[str, Any],
    preview: PagePreview,
    job: PublicationJob | None,
) -> list[Any]:
    """List all addresses with their handlers; `voila` is what those of Voila's pages need."""
    shared: dict[str, Any] = {"context": context}
    staff = shared | {"pool": pool}
    return [
        (r"/", JoinHandler, shared),
        (r"/return", ReturnHandler, shared),
        (r"/code", RecoveryCodeHandler, shared),
        (DATE, FollowupDateHandler, shared),
        (f"{DATE}.ics", CalendarHandler, shared),
        (r"/leave", LeaveHandler, shared),
        (r"/left", LeftHandler, shared),
        (ASK, InquiryHandler, shared),
        (r"/withdraw", OwnAnswersHandler, shared),
        (r"/privacy", PrivacyHandler, shared),
        (r"/place", PlaceHandler, shared),
        (r"/language", LanguageHandler, shared),
        (r"/healthz", HealthHandler, shared),
        (r"/readyz", ReadyHandler, shared),
        (r"/livez", LiveHandler, shared),
        (TEST, NetworkCheckHandler, shared),
        (f"{TEST}/line", LiveLineHandler, shared),
        (r"/staff/?", StaffListHandler, staff),
        (r"/staff/leave", StaffLeaveHandler, staff),
        (LOG, StaffLogHandler, staff),
        (DATA, StaffDataHandler, staff),
        (f"{DATA}/file", StaffDataFileHandler, staff),
        (PAPER, PaperHandler, staff),
        (STUDIO, StudioHandler, staff),
        (NEW, StaffBeginningHandler, staff),
        (f"{STUDIO}/page", DraftPageHandler, staff | {"preview": preview}),
        (PUBLISH, StaffPublicationHandler, staff | {"job": job}),
        (r"/staff/(.+)/rehearsal", StaffRehearsalHandler, staff),
        (r"/staff/(.+)/calendar", WorkshopCalendarHandler, staff),
        (r"/staff/(.+)/joined", StaffJoinedHandler, staff),
        (r"/staff/(.+)/lead", LeadHandler, staff),
        (r"/staff/(.+)/questions", OpenInquiriesHandler, staff),
        (r"/staff/(.+)/projector", ProjectorHandler, staff),
        (r"/staff/(.+)/summary", RoomSummaryHandler, staff),
        (r"/staff/(.+)", StaffWorkshopHandler, staff),
        (page_path(f"({SLUG})"), PageFormHandler, shared | voila),
        (r"/assets/([0-9a-f]+)/([a-z-]+\.[a-z]+)", AssetHandler, shared),
        (rf"/recordings/({SLUG})/([A-Za-z0-9.-]+)", RecordingHandler, shared),
        (
            r"/stock/([0-9a-f]+)/([@\w./-]+)",
            VoilaFrontendHandler,
            shared | {"stock": voila["stock"]},
        ),
        (rf"/kernels/{_KERNEL}", KernelStateHandler, shared),
        (rf"/kernels/{_KERNEL}/messages", KernelMessagesHandler, shared),
        (rf"/api/kernels/{_KERNEL}", KernelModelHandler, shared),
        (rf"/api/kernels/{_KERNEL}/channels", KernelSocketHandler, shared),
        (r"/voila/api/shutdown/([0-9a-f-]+)", KernelShutdownHandler, shared),
        (r"/.*", NotFoundHandler, shared),
    ]
