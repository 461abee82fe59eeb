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
button-answer = Answer
button-open-question = Answer the teacher of no. { $id }
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
