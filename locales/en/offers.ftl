### Between an invitation and the school's yes, and after it: questions, the unit's consent, leaving.

# 先问学校一句. The teacher reads
button-ask-first = Ask the school first
question-ask = Please write one question for the school, for example: is there a room to live in? The time until it answers does not count; your deadline moves by at most 2 days
question-long = That is too long. Please write at most 200 characters
offer-question = You asked the school: “{ $text }”
offer-answer = The school answered: “{ $answer }”
offer-question-waits = Waiting for the school's answer. That time does not count; your deadline moves by at most 2 days
offer-extended = As you waited for the school, you have more time to answer
# The school reads
question-relayed =
    The teacher being asked for order { $id } has a question first ({ $order }):

    { $text }
question-please = Please reply with one sentence; we pass it on
question-again = The teacher still waits for your answer. Please reply with one sentence; we pass it on
question-answered = You answered: “{ $answer }”. The teacher has been told
question-over = No answer is needed any more; this has been settled
button-open-asked = Answer the teacher of no. { $id }
# A coordinator reads
question-note =
    Order { $id }: { $name } asked { $school }: “{ $question }”
    The school answered: “{ $answer }”

# 退出, after 接受. The teacher reads
button-leave = I cannot come after all
leave-ask = That is all right; thank you for telling us early. May we ask the reason?
leave-sure =
    { $school }: { $order }, { $dates }

    If you withdraw, this is cancelled. The school and the coordinator are told at once and look for somebody else. Are you sure?
button-leave-sure = Yes, withdraw
offer-left = You have withdrawn. Thank you for telling us; we will invite you again
toast-left = Noted. The school and the coordinator have been told
button-open-arrangement = Arrangement with { $school }
# A coordinator reads
offer-withdrawn-note = Order { $id }: { $name } can no longer go to { $school } ({ $order }). Reason: { $reason }. The next candidates have been sent to you

# An accepted offer the school does not confirm. A coordinator reads
unconfirmed =
    Order { $id }: { $name } would like to go to { $school } ({ $order })
    { $days } days of waiting, and the school has not confirmed yet
unconfirmed-ask = You can have the school reminded, or tell the teacher not to wait
unconfirmed-released = The teacher was told not to wait. The next candidates have been sent to you
unconfirmed-over = This has been settled
button-remind = Remind the school again
button-release = Tell the teacher not to wait
queue-late = { $school }: { $name } waits for the school ({ $waited })
# The teacher, then the school
offer-released = The school has not answered, so please do not wait any longer. Thank you for offering; we will invite you again
confirm-released = We have not heard from you, so this teacher no longer waits. The coordinator will look for another one

# 单位同意, between 接受 and 确认. The teacher reads
button-unit-needed = My unit must agree
button-unit-code = Text for my unit, once more
offer-accepted-open = You have accepted. Waiting for your unit. Please forward the text we sent you to the person in charge there
offer-accepted-given = You have accepted and your unit has agreed. Waiting for the school to confirm
offer-unit = Your unit has not agreed this time, so this does not go ahead. Thank you for offering; we will invite you again
mine-offer-unit = { $school }: { $order }. You have accepted, waiting for your unit
button-nope-unit = The unit has not agreed
# Forwarded by the teacher to the unit's person
unit-code =
    { $name } would like to give support, and the unit must agree. School: { $place }
    Please open this bot and send the line below (valid for 14 days, once):

    /start { $code }
# The unit's person reads
unit-head = { $name } would like to give support. For your unit to see:
unit-card-open = Does your unit agree?
unit-card-given = You have agreed, thank you. The teacher and the school have been told
unit-card-denied = You have not agreed; the teacher has been told. Thank you for your answer
unit-card-dropped = This has been settled; no answer is needed any more
unit-deny-ask = If you do not agree, { $name } does not go this time and the school looks for somebody else. Are you sure?
button-unit-yes = Agree
button-unit-no = Do not agree
button-unit-no-sure = Yes, do not agree
# The school reads
confirm-unit-open = This teacher would like to come; we are waiting for the unit to agree. As soon as it has, we ask you to confirm
confirm-unit-given = The teacher's unit has agreed
confirm-unit = We are sorry: this teacher's unit has not agreed, so the teacher cannot come. The coordinator is looking for another one
next-unit = Next: the unit of { $name } agrees
# A coordinator reads
unit-note = Order { $id }: { $name } for { $school } ({ $order }); the teacher's unit must agree first
unit-note-open = Waiting for the unit. If it has agreed on paper, you can record that
unit-note-given = The unit has agreed. Waiting for the school to confirm
unit-note-denied = The unit has not agreed
unit-note-dropped = This has been settled
unit-evidence-ask = Please write one sentence on what it rests on, for example: letter of consent no. 2026-15
button-unit-paper = Record the unit's consent
button-unit-must = The unit must agree
unconfirmed-unit =
    Order { $id }: { $name } would like to go to { $school } ({ $order })
    { $days } days of waiting, and the teacher's unit has not agreed yet
button-remind-unit = Remind the teacher again
error-own-unit = Somebody in charge at the teacher's unit has to answer this. Please forward the text to them
