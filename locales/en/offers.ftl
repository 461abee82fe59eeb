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
