### What a coordinator reads.

proposal-head = Order { $id } · { $place }
proposal-places = Places { $n }, confirmed { $confirmed }, in progress { $taken }
proposal-words = In their words: “{ $words }”
proposal-no-coordinator = { $county } has no coordinator of its own; please deal with this order
proposal-idle = Nobody has dealt with this order for { $n } days; please have a look
proposal-escalated = The county has not dealt with this order for days; it is with the programme office
proposal-question = Asked the school: { $question }
proposal-answer = The school says: { $answer }
proposal-candidates = Candidates:
proposal-candidates-near = Nobody fits in everything; these come close:
proposal-nobody = There is no suitable candidate at present. Reasons:
proposal-page = { $first } to { $last } of { $total }
excluded-head = Not listed:
excluded-line = · { $reason }: { $n }
excluded-no-account = no account yet
excluded-unavailable = dates do not match
excluded-full = fully booked
excluded-paused = invitations paused
excluded-refused = already asked for this order
excluded-length = stay longer or shorter than they can
excluded-region = will not go to this place
excluded-altitude = altitude too high for them
excluded-years = fewer years of service than the programme asks for
excluded-title = lower title than the programme asks for
excluded-origin = not from a paired place
excluded-subject = other subject
excluded-stage = other stage
excluded-form = other form of help
excluded-topic = other topic
candidate = { $number } { $name } ({ $about }) { $reason }
candidate-marked = { $number } ★ { $name } ({ $about }) { $reason }
candidate-relax = would need to relax: { $what }
relax-dates = dates (free: { $given })
relax-form = form of help (can give: { $given })
relax-stage = stage (teaches { $given })
relax-subject = subject (teaches { $given })
part-line = {"   "}{ $points } { $label }
part-total = {"   "}Total { $points }
proposal-approved = Approved by { $name }; this teacher is being asked
proposal-declined = Declined by { $name }
proposal-withdrawn = Withdrawn
proposal-returned = Returned; waiting for the school's answer
proposal-unanswered = The school has not answered. Please have a look: decide as it is, or ring them
decider-for = { $name } (for { $principal })

# 批准 on a candidate who does not fit in everything
relax-head = { $name } does not fit in everything:
relax-order = The school asks for: { $order }
relax-ask = May this teacher be asked all the same? If they accept, the school sees the difference too and decides
relax-which = How should this teacher help? If they accept, the school sees the difference too and decides
button-relax = Agree and send the invitation
button-relax-form = Send it as: { $form }
button-ask-school = Return: ask the school first

# What differs from what the school asked for. Coordinators and schools read it
changed-form = Other than asked for: { $given } (the school asked for { $asked })
changed-form-open = This teacher has not said how they can help; they are asked for { $asked }
changed-dates = Other than asked for: { $given } (the school asked for: { $asked })
changed-dates-open = Other than asked for: the teacher proposes the dates (the school asked for: { $asked })
changed-stage = Other than asked for: the teacher now teaches { $given } (the school asked for { $asked })
changed-stage-open = This teacher has not said which stage they teach; they are asked for { $asked }
changed-subject = Other than asked for: the teacher now teaches { $given } (the school asked for { $asked })
changed-subject-open = This teacher has not said which subject they teach; they are asked for { $asked }

return-ask = Please write one question for the school
decline-ask = What is the reason? The school will see it
button-why-duplicate = Same as an existing order
button-why-not-here = Not teacher support
button-why-no-teacher = No suitable teacher now
button-why-unsaid = Prefer not to say

intro-card = Newcomer: { $name } says they are: { $role }. “{ $words }”
intro-card-school = School: { $school } ({ $county })
intro-card-approved = Approved by { $name }
intro-card-declined = Declined by { $name }

offer-accepted-note = Order { $id }: { $name } would like to go to { $school } ({ $order }), { $dates }. Waiting for the school to confirm
offer-accepted-dates = The teacher asks for other dates; so far it was { $dates }
offer-declined-note = Order { $id }: { $name } declined ({ $reason }). The next candidates have been sent to you
offer-expired-note = Order { $id }: { $name } did not answer by { $until }. The next candidates have been sent to you
offer-refused-coordinator = Order { $id }: { $school } declined { $name } ({ $reason }). The next candidates have been sent to you
placement-coordinator = Order { $id } is settled: { $name } goes to { $school } ({ $order }), { $dates }
