"""依据: what a diagnosis rests on. An order can be backed by 问卷, 访谈 and 课堂观察, in words, by a photo or by a file."""

from datetime import datetime

from sqlmodel import Session, col, select

from models import Attachment, Need
from models.help import BACKS
from services import changes, decisions, media, proposals
from services.actor import Actor, access_need, access_proposal, actor_of, ask
from services.errors import NotYours, Refused
from services.post import Toast, tell, update
from services.snapshots import need_values


def begin(session: Session, actor: Actor, now: datetime, need_id: int) -> Toast | None:
    """补充依据: which of the three."""
    need = _own(session, actor, need_id)
    tell(session, actor.id, "evidence-ask", {"need": need_values(session, need)}, card=f"order:{need.id}")
    return None


def choose(session: Session, actor: Actor, now: datetime, need_id: int, backs: str) -> Toast | None:
    """One of the three: now a sentence, a photo or a file."""
    need = _own(session, actor, need_id)
    if backs not in BACKS:
        raise NotYours
    ask(actor, f"evidence-{backs}", need.id)
    values = {"need": need_values(session, need), "backs": backs}
    update(session, actor.id, "evidence-words", values, card=f"order:{need.id}")
    return None


def hear(backs: str, session: Session, actor: Actor, now: datetime, need_id: int, text: str) -> None:
    """Evidence in words."""
    add(session, actor, now, need_id, backs, text, None)


def add(
    session: Session, actor: Actor, now: datetime, need_id: int, backs: str, text: str, sent: media.Sent | None
) -> None:
    """Keep it with the order; the coordinators get it, and their question is answered if it was 请补充依据."""
    need = _own(session, actor, need_id)
    ask(actor, None)
    media.keep(session, actor, now, sent, text, need, asked=f"evidence-{backs}", backs=backs)
    told = media.to_tell(session, actor, need)
    note = {**media.values(session, actor, sent, text, need), "backs": backs}
    media.pass_on(session, told, "evidence-note", note)
    waiting = proposals.pending(session, need_id)
    if waiting is not None and waiting.question == decisions.ASK_EVIDENCE and waiting.status == "returned":
        decisions.answered(session, actor, now, waiting, need, text or None)
    elif waiting is not None:
        proposals.spread(session, waiting)
    names = media.names(session, told)
    tell(session, actor.id, "evidence-kept", {"need": need_values(session, need), "names": names})


def show_all(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """看依据: everything that was sent about the order, once more, at the end of the coordinator's chat."""
    _, need = access_proposal(session, actor, proposal_id)
    query = select(Attachment).where(Attachment.need_id == need.id).order_by(col(Attachment.id))
    for row in session.exec(query):
        sender = actor_of(session, row.person_id)
        sent = media.Sent(row.kind, row.file_id) if row.kind != "words" else None
        values = media.values(session, sender, sent, row.words, need)
        view = "evidence-note" if row.backs else "attachment"
        media.pass_on(session, [actor.id], view, {**values, "backs": row.backs})
    return None


def _own(session: Session, actor: Actor, need_id: int) -> Need:
    need = access_need(session, actor, need_id)
    if need.status not in changes.LIVE:
        raise Refused("stale")
    return need
