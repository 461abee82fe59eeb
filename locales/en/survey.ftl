### The surveys. The school and its colleagues rate the help, the teacher rates how it went at the school.

# Everybody who is asked: how, and who reads it
survey-how = Please answer three short questions; 1 is lowest, 5 is highest. Only the coordinator sees your answers
survey-reminder = We are still waiting for your feedback; it takes a minute

# Before the beginning
survey-intro-before-school = { $name } is to support your school ({ $dates }). First we would like to know how things are now
survey-before-school-1 = ({ $number }/{ $total }) How well is the school doing now in what the help is for?
survey-before-school-2 = ({ $number }/{ $total }) How well are timetable, lodging and meals prepared?
survey-before-school-3 = ({ $number }/{ $total }) How clear is it to your teachers what the help shall solve?
survey-intro-before-teacher = You are to support { $school } ({ $dates }). First we would like to know how prepared you are
survey-before-teacher-1 = ({ $number }/{ $total }) How clear is it to you what help the school wants?
survey-before-teacher-2 = ({ $number }/{ $total }) How do you feel about meals, lodging and transport?
survey-before-teacher-3 = ({ $number }/{ $total }) How well are you prepared yourself?

# While it runs: after 30 days, and in the middle
survey-intro-during-school = { $name } is supporting your school ({ $dates }). We would like to hear how it is going
survey-during-school-1 = ({ $number }/{ $total }) So far, does the support fit what the school needs?
survey-during-school-2 = ({ $number }/{ $total }) How well does the teacher teach?
survey-during-school-3 = ({ $number }/{ $total }) How well do your own teachers learn along?
survey-intro-during-teacher = You are supporting { $school } ({ $dates }). We would like to hear how it is going
survey-during-teacher-1 = ({ $number }/{ $total }) How well does the school work with you?
survey-during-teacher-2 = ({ $number }/{ $total }) How are meals, lodging and transport?
survey-during-teacher-3 = ({ $number }/{ $total }) How well do the school's own teachers learn along?
survey-intro-during-colleague = You have worked beside { $name } at { $school } for a while. We would like to hear how it is going
survey-during-colleague-1 = ({ $number }/{ $total }) How well do you and this teacher work together?
survey-during-colleague-2 = ({ $number }/{ $total }) How much do this teacher's lessons and advice help you?
survey-during-colleague-3 = ({ $number }/{ $total }) How well can you use what you learned?

# At the end
survey-intro-over-school = The support by { $name } at your school is over ({ $dates })
survey-over-school-1 = ({ $number }/{ $total }) Did the support fit what the school needed?
survey-over-school-2 = ({ $number }/{ $total }) How well did the teacher teach?
survey-over-school-3 = ({ $number }/{ $total }) Can your own teachers carry on now that the teacher has left?
survey-intro-over-teacher = Your support at { $school } is over ({ $dates })
survey-over-teacher-1 = ({ $number }/{ $total }) How well did the school work with you?
survey-over-teacher-2 = ({ $number }/{ $total }) How were meals, lodging and transport?
survey-over-teacher-3 = ({ $number }/{ $total }) Can the school's own teachers carry on now that you have left?
survey-intro-over-colleague = The support by { $name } at { $school } is over ({ $dates })
survey-over-colleague-1 = ({ $number }/{ $total }) How well did you and this teacher work together?
survey-over-colleague-2 = ({ $number }/{ $total }) How much did this teacher's lessons and advice help you?
survey-over-colleague-3 = ({ $number }/{ $total }) Can you carry on now that the teacher has left?

# Months after
survey-intro-later-school = { $name } left your school some time ago ({ $dates }). We would like to know how things are now
survey-later-school-1 = ({ $number }/{ $total }) Is what was learned then still in use?
survey-later-school-2 = ({ $number }/{ $total }) Have your own teachers been able to carry on?
survey-later-school-3 = ({ $number }/{ $total }) How are the students learning, compared with before the support?
survey-intro-later-teacher = Your support at { $school } ended some time ago ({ $dates }). We would like to know how things are now
survey-later-teacher-1 = ({ $number }/{ $total }) How well have you and the school's teachers stayed in touch?
survey-later-teacher-2 = ({ $number }/{ $total }) As far as you know, does the school still use what was done then?
survey-later-teacher-3 = ({ $number }/{ $total }) Looking back, was the support of use to the school?

survey-unclear = Please tap or write a number from 1 to 5
survey-comment = Is there anything else you would like to say? Write a sentence, or tap “No, thank you”
button-no-comment = No, thank you
survey-answered = We have your feedback, thank you
survey-lapsed = The time for this feedback is over, thank you
survey-cancelled = This feedback was cancelled

# The school enters totals of one class; numbers only
totals-ask = One more thing: please hand out slips in one class { $name } taught. Each student writes a mark from 1 to 5, 5 is best, and no name. Count them and tell me the totals only ({ $school }, { $dates })
totals-example = Write it like this: 45 slips, 5:30, 4:10, 3:5
totals-unread = I could not read these numbers. Please write how many slips in all, then how many for each mark
totals-slips = The marks add up to { $added } slips. Please also write how many were collected
totals-sum = You wrote { $said } slips in all, but the marks add up to { $added }. Please count again and write it anew
button-no-slips = No slips

# The school passes it on to colleagues as it is
colleague-code =
    Please forward this message to colleagues who work with { $name }:

    Dear colleague, { $name } is supporting { $school } ({ $dates }). Please rate it as a colleague: three short questions each time, one minute, only the coordinator sees the answers. Open this bot and send:

    /start { $code }
# The school asks for the code again: it is only kept as a hash, so there is a new one
button-mates = Ask colleagues to rate
colleagues-of = The colleagues of which teacher?
colleague-renew = Colleagues who work with { $name } can join with a code. I cannot see the first code any more, so I can only make a new one: the old one will be void, and colleagues who joined stay
button-mate-new = Make a new one
colleague-renewed = Colleagues who work with { $name } use the new code below. The old one is void; colleagues who joined stay
# On a colleague's home screen and in /mine
colleague-of = You are a colleague of { $name } at { $school } ({ $dates }). We will ask you three short questions when the time comes; only the coordinator sees the answers

# The result, for coordinators only
result-head =
    Feedback on order { $id }: { $name } at { $school }
    { $order }, { $dates }
result-score = Score: { $mean } of 5 ({ $shares })
result-provisional = Provisional score: { $mean } of 5 (from { $shares } only)
result-missing = Still missing: { $missing }
# The county leaves them out; their weights are shared out among the others in proportion
result-not-asked = Not asked in this county: { $groups }; the score is made of the rest
result-no-score = No score yet, no feedback was received
result-share = { $side } { $n }%
side-school = School's rating
side-teacher = Teacher's rating
side-colleague = Colleagues' rating
side-students = Students' rating
result-side = { $role }: { $mean } of 5 ({ $answered }/{ $asked } answered)
result-students = { $role }: { $mean } of 5 (one class, { $n } slips)
result-none = { $role }: none received (0/{ $asked })
result-comment = “{ $comment }”
result-more = { $n } more are not listed
result-waves = Answered each time: { $waves }
result-wave = { $wave } { $answered }/{ $asked }
wave-baseline = before
wave-day30 = after the start
wave-mid = half-way
wave-end = at the end
wave-after90 = after the end
result-ask = Close this order, or give support again?
result-closed = Closed
button-close = Close
button-reopen = Support again
