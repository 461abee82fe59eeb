### Files, and evidence of a diagnosis (依据). Schools, teachers and coordinators read it.

# To the sender of a voice message, photo or file
attachment-kept = Your { $kind } has arrived, is kept and was passed to { $names }
attachment-kept-nobody = Your { $kind } has arrived and is kept. No coordinator is on duty yet
attachment-words = We can only read text ourselves. If it is urgent, please write it in one sentence
attachment-no-pupils = Please send no pictures with students in them
sticker-thanks = Thank you. When you need a teacher, tell us in one sentence
file-photo = photo
file-voice = voice message
file-document = file
file-video = video
file-audio = recording
file-animation = moving picture
file-clip = video message
file-place = place
file-poll = poll
# Somebody's card with a telephone number
contact-not-kept = I got the contact card. A number is personal, so I did not keep it or pass it on. If you want to be contacted, send “help”; to bring somebody in, let them open this bot and send /start
# To the coordinator, in place of a round video that the messenger did not send on
clip-lost = This round video could not be passed on; please ask the sender

# To the coordinator, with the file itself
sent-by = { $name }
sent-by-of = { $name } ({ $of })
sent-what = { $who } sent a { $kind }
sent-about = About order { $id }: { $order }
sent-words = “{ $words }”

# 依据
button-evidence = Add evidence
button-evidence-more = Add more
evidence-ask = Order { $id }: which of these do you have?
button-backs-survey = Questionnaire
button-backs-talk = Interviews
button-backs-lesson = Lessons observed
backs-survey = questionnaire
backs-talk = interviews
backs-lesson = lessons observed
backed-none = Evidence: nothing yet
backed-line = Evidence: { $marks }
backed-yes = { $name } ✓
backed-no = { $name } –
evidence-survey-ask = What did the questionnaire show? Please write a sentence, or send a photo or file. No names of students, please
evidence-talk-ask = What did the teachers say? Please write a sentence, or send a photo or file. No names of students, please
evidence-lesson-ask = What did you see in the lessons? Please write a sentence, or send a photo or file. No names of students, please
evidence-kept = Added to order { $id } and passed to { $names }
evidence-kept-nobody = Added to order { $id }
evidence-note = Evidence: { $backs }
# The coordinator's ready question; the school sees it with a button
button-ask-evidence = Ask for evidence
button-see-evidence = See the evidence
question-evidence = Please add evidence: was there a questionnaire, were there interviews or lessons observed? What did they show?
