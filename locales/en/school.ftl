### What a school's person reads.

need-ask = Please say in one sentence what you lack, for example: we need a middle school maths teacher from March for one term. Chinese is read best

# The card of what was read
draft-read = { $n ->
    [1] This is what we read. Please check it:
   *[other] We read { $n } orders. Please check them:
}
draft-what = Subject: { $what }
draft-stage = Stage: { $stage }
draft-stage-assumed = {" "}(your school's own)
draft-form = Form of help: { $form }
draft-people = How many: { $people }
draft-when = When: { $when }
draft-topics = Topic: { $topics }
draft-urgent = Urgent: yes
draft-words = Read from your words: { $words }
draft-confirm = If this is right, please tap “Submit”
draft-unclear = We did not understand that

# At most two of these, one per message
ask-what = Which subject is it, or on what would you like advice?
ask-form = How should the teacher help?
ask-stage = Which stage is it?

# Plain words for the forms of help, on buttons
plain-mode-post = Teach at our school for a while
plain-mode-visit = Visit to teach and observe lessons
plain-mode-shadow = Our teachers go and learn there
plain-mode-online = Teach online
plain-mode-lecture = Give a talk or training
plain-mode-parallel = Both sides teach the same lesson
plain-mode-mentor = Mentor a teacher one to one

# 修改
draft-pick = Which one would you like to change?
draft-edit =
    { $order }

    Please say what to change, for example: make it 2 people, next term. Or tap below
# Buttons, each with what the field holds now, cut to 12 characters
button-field-what = Subject: { $now }
button-field-form = Form: { $now }
button-field-when = Dates: { $now }
button-field-stage = Stage: { $now }
button-field-headcount = Number: { $now }
button-field-topics = Topic: { $now }
button-field-urgent-yes = Make it urgent
button-field-urgent-no = Make it not urgent
# On the screen of the topics: leave one out; $n is ① ② ③
button-drop-topic = { $n } Leave out: { $topic }
button-remove = Remove this order
field-what-ask = Which subject? Tap or write
field-form-ask = How should the teacher help? Tap or write
field-when-ask = When, and for how long? Tap or write, for example: from 1 March, one term
field-stage-ask = Which stage or grade? Tap or write
field-headcount-ask = How many people do you need? Tap or write, for example: 2
field-topics-ask = On what would you like advice? Please write it, for example: teaching composition
field-edit-ask = Please say it another way, for example: make it 2 people, next term

# 提交, 取消
filed-head = Submitted
filed-line = Order { $id }: { $order }
filed-next = Next: the coordinator decides. We will tell you as soon as there is news
draft-cancelled = Cancelled
no-coordinator = { $county } has no coordinator on duty yet. Your order is kept and will be dealt with as soon as there is one

# Along the way
returned =
    The coordinator has a question (order { $id }: { $order }):

    { $question }

    Please just reply
returned-again = The coordinator is still waiting for your answer
returned-over =
    The coordinator asked you (order { $id }: { $order }): { $question }
    This needs no answer any more
button-answer = Answer
answer-passed-on = Thank you. Your answer has gone to the coordinator (order { $id })
need-rest-declined =
    Order { $id } ({ $order }): the remaining { $n } will not be looked for. Those settled or being asked stay
    Reason: { $reason }
need-declined =
    Order { $id } was not approved: { $order }
    Reason: { $reason }
    If things change, you are welcome to ask again
decline-duplicate = the same as an existing order
decline-not-here = not a matter of teacher support
decline-no-teacher = no suitable teacher at present
decline-unsaid = prefer not to say
asking-another = Order { $id }: the last teacher cannot come, another one is being asked ({ $order }) and will answer by { $until }
asking-teacher = Order { $id } is approved: { $order }. A teacher is being asked and will answer by { $until }

# 双向选择: the school's yes or no
confirm-head = Order { $id }: { $order }
confirm-teacher = Teacher: { $name } ({ $unit })
confirm-title = Title: { $title }
confirm-subjects = Teaches: { $subjects }
confirm-dates = Dates: { $dates }
# 换个时间: the teacher asks for other dates than those the school knows
confirm-dates-new = The teacher asks for other dates: { $dates }
confirm-dates-old = The dates so far: { $dates }
confirm-ask = This teacher would like to come. Is that all right with you?
confirm-ask-dates = This teacher would like to come, but at another time. Are these other dates all right with you?
confirm-again = This teacher would like to come and is waiting for your answer. Is that all right with you?
confirm-confirmed = You have confirmed
confirm-refused = You have declined. The coordinator will look for another teacher
confirm-withdrawn = We are sorry: this teacher can no longer come. The coordinator is looking for another one and we will tell you
confirm-open = Waiting for the teacher's answer
confirm-declined = This teacher cannot come. The coordinator will look for another one
confirm-expired = This teacher did not answer in time. The coordinator will look for another one
refuse-ask = May we ask the reason?
button-refuse-time = The dates do not suit us
button-refuse-not-fitting = Not quite the right field
button-refuse-unsaid = Prefer not to say

# When the teacher can be reached, in their words
placement-contact = The teacher says: { $hours }
placement-school = It is settled: { $name } will come to your school, { $dates }. We will tell you again when the time comes
need-closed = Order { $id } is closed: { $order }. Thank you for your feedback
need-reopened = After the feedback the coordinator opened order { $old } again as number { $id }. We will tell you as soon as there is news

# What the school offers whoever comes; one sentence, on every invitation
conditions-ask = Please write one sentence: where one lives and eats, how to get there, what allowance there is, about how many lessons. For example: a room of one's own at the school, canteen, two hours by bus from the county town, allowance by county rules, fourteen lessons a week
conditions-long = That is too long to read on a phone. Please use at most 200 characters
conditions-held = Now it says: “{ $words }”
conditions-kept = Kept: “{ $words }”. Every invitation will say so from now on
button-terms = Lodging and travel
