### Moving dates: other dates for help that is agreed on. Both sides read it; at last the coordinators, who can decide for them.

# How to get there
button-redate = Move the dates
button-helpers = Arrangement with the teacher
button-open-helpers = Arrangement of no. { $id }
helpers-ask = Which teacher's arrangement?
# The card of help that is not only agreed on; both sides and the coordinators
placement-active = { $name } is at { $school } now, { $dates }
placement-ended = { $name } was at { $school }, { $dates }. It is over
placement-cancelled = { $name } at { $school } is cancelled; it was for { $dates }

# Which dates; whoever taps it
redate-now = { $name } at { $school }: { $dates }
redate-active = { $name } is at { $school } now: { $dates }
redate-ask = What should the dates be? Tap or write them in figures, for example: 3.15-6.30 (month, day)
redate-ask-active = It has begun, so only the last day can move. What should it be? Tap or write it in figures, for example: 6.30 (month, day)
redate-before = You have asked for { $dates } already. Another choice takes its place
redate-fault-unclear = That could not be read as dates; please write it once more
redate-fault-past = That day is past; please choose a later one
redate-fault-order = The last day must come after the first; please look again
redate-fault-far = That is too far away or too long; please choose nearer dates
redate-fault-same = Those are the dates as they are; please choose others
# Old and new, on every screen that has both
redate-dates =
    Now: { $before }
    New: { $dates }
# Once more, before anybody is asked
redate-sure = { $name } at { $school }:
redate-sure-school = Ask the teacher? The dates move only if the teacher agrees
redate-sure-teacher = Ask the school? The dates move only if the school agrees
redate-sure-coordinator = Move them now? Both sides are told at once
button-redate-sure-school = Ask the teacher
button-redate-sure-teacher = Ask the school
button-redate-sure-coordinator = Move them now

# Whoever asked reads
toast-redate-asked = Asked. Now we wait for the answer
redate-waits-school = { $name } has been asked to move the dates ({ $order }):
redate-waits-teacher = { $school } has been asked to move the dates ({ $order }):
redate-until = Waiting for the answer. If there is none by { $until }, a coordinator decides
redate-raised = There was no answer, so a coordinator was asked to decide. We tell you as soon as that is done
button-redate-other = Other dates
button-redate-stop = Leave it as it is
redate-declined-school = The new dates do not suit { $name }; it stays { $dates }. You can ask for other dates, or ask for help
redate-declined-teacher = The new dates do not suit { $school }; it stays { $dates }. You can ask for other dates, or ask for help
redate-declined-behalf = Coordinator { $by } answered for the other side: the new dates do not suit; it stays { $dates }. You can ask for other dates, or ask for help

# Whoever is asked reads
redate-asked-school = { $name } would like to come to your school at another time ({ $order }):
redate-asked-teacher = { $school } would like you to come at another time ({ $order }):
redate-agree = Do you agree? The dates move only if you do
toast-redate-theirs = Please answer first about the dates you are asked for
toast-redate-declined = Noted. The dates stay, and the other side has been told
redate-again = The other side is still waiting for your answer
button-redate-yes = Agree
button-redate-no = Do not agree
redate-declined-for-you = Coordinator { $by } answered for you: { $name } at { $school } stays { $dates }. If that is wrong, please tell the coordinator
# It was decided by a coordinator; both sides
placement-moved-by = Coordinator { $name } decided this. If that is wrong, please tell the coordinator
placement-moved-unit = The teacher's unit agreed to the dates before; the teacher should let it know

# Nobody has to decide any more
redate-over-withdrawn = { $who } no longer wants to move the dates; it stays { $dates }
redate-over-replaced = { $who } has asked for other dates; please see below
redate-over-begun = { $name } has begun at { $school }, so there is no first day to move any more. To move the last day, tap below
redate-over-late = { $who } asked to move the dates, nobody decided, and the time has come; it stays { $dates }. To ask again, tap below
redate-over-ended = { $name } at { $school } is over, so there are no dates to move any more
redate-over-cancelled = { $name } at { $school } is cancelled, so there are no dates to move any more

# A coordinator reads
redate-case = Order { $id }: { $name } at { $school } ({ $order })
redate-case-asks = { $who } would like to move the dates:
redate-case-waits = Waiting for { $whom } until { $until }
redate-case-raised = { $whom } has not answered. Please ring and ask, then decide for them
button-redate-case-yes = Move to the new dates
button-redate-case-no = Leave as it is
queue-redate = Dates to decide: { $name } at { $school } ({ $waited })

# /mine
mine-redate-asked = New dates: { $name } at { $school }, { $dates }. { $who } waits for your answer
mine-redate-waits = New dates: { $name } at { $school }, { $dates }. Asked; waiting for the other side
mine-redate-raised = New dates: { $name } at { $school }, { $dates }. No answer; a coordinator decides
button-open-redate = Answer { $who } about the dates
button-open-redate-own = The dates you asked for
