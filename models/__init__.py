"""Tables and nothing but tables. Importing this package registers every one of them with SQLModel's metadata."""

from models.cases import ReadingCase
from models.desk import BulkApproval, CountySettings, Deputy
from models.gateway import GatewayBot, GatewayCall, GatewayFile, GatewayMessage, GatewayUpdate, GatewayUser
from models.help import Attachment, Callback
from models.offers import Question, UnitConsent
from models.orders import DateMove, Need, Offer, Placement, Proposal
from models.people import Account, Audit, Consent, Introduction, Invite, Person, Role
from models.schools import School, SupportUnit
from models.surveys import Colleague, Survey
from models.teachers import Teacher, TeacherIndex
from models.timing import Due
from models.traffic import Card, Inbox, Outbox

__all__ = [
    "Account",
    "Attachment",
    "Audit",
    "BulkApproval",
    "Callback",
    "Card",
    "Colleague",
    "Consent",
    "CountySettings",
    "DateMove",
    "Deputy",
    "Due",
    "GatewayBot",
    "GatewayCall",
    "GatewayFile",
    "GatewayMessage",
    "GatewayUpdate",
    "GatewayUser",
    "Inbox",
    "Introduction",
    "Invite",
    "Need",
    "Offer",
    "Outbox",
    "Person",
    "Placement",
    "Proposal",
    "Question",
    "ReadingCase",
    "Role",
    "School",
    "SupportUnit",
    "Survey",
    "Teacher",
    "TeacherIndex",
    "UnitConsent",
]
