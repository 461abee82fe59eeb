### /mine and /queue.

mine-head = Your items:
mine-nothing = Nothing of yours is open
mine-more = Earlier ones are not listed
mine-need = No. { $id }: { $order }
mine-places = { $confirmed }/{ $n } people confirmed
step-approve = Approval
step-offer = Ask teacher
step-confirm = School confirms
step-active = Support
step-survey = Feedback
step-closed = Closed
next-draft = Next: please submit it
next-approve = Next: { $owner } decides
next-returned = Next: please answer the coordinator's question
next-declined = Not approved
next-offer = Next: { $name } answers, by { $until } at the latest
next-confirm = Next: please confirm { $name }
next-agreed = Next: { $name } arrives on { $until }
next-active = Support is under way, until { $until }
next-survey = Next: feedback from both sides
next-closed = Closed
mine-offer = { $school } invites you: { $order }. Please answer by { $until }
mine-offer-accepted = { $school }: { $order }. You have accepted, waiting for the school
mine-placement-agreed = { $school }: { $order }, { $dates }. Settled, not started yet
mine-placement-active = { $school }: { $order }, { $dates }. Under way
mine-placement-ended = { $school }: { $order }, { $dates }. Over, waiting for feedback
mine-placement-closed = { $school }: { $order }, { $dates }. Closed
mine-placement-cancelled = { $school }: { $order }. Cancelled
mine-survey = { $school }, { $name }: feedback is waiting for you
mine-coordinator = { $open } waiting for your decision, { $returned } for the school's answer, { $results } for you to close
button-open-draft = Go on with no. { $id }
button-open-question = Answer about no. { $id }
button-open-confirm = Teacher for no. { $id }
button-open-offer = Invitation of { $school }
button-open-survey = Give feedback

queue-head = { $n ->
    [one] { $n } item waits for you:
   *[other] { $n } items wait for you, oldest first:
}
queue-empty = Nothing waits for you
queue-proposal = { $school }: { $order } ({ $waited }){ $state }
queue-returned = {" "}· waiting for the school's answer
queue-escalated = {" "}· nobody decided, programme office told
queue-unanswered = {" "}· the school did not answer
queue-intro = Newcomer: { $name }, { $role } ({ $waited })
queue-result = Feedback is in: { $school }: { $order } ({ $waited })
