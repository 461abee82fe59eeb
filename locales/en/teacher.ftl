### What a supporting teacher reads.

teach-ask = Please introduce yourself in a few sentences: name, school, subject, stage, years of teaching, what you are good at, how you would like to help (online, visits, a longer stay) and when you are free. Chinese is read best
teacher-read = This is what we read. Please check it:
teacher-about = { $about }
teacher-subjects = Subject: { $subjects }
teacher-stages = Stage: { $stages }
teacher-modes = Form of help: { $modes }
teacher-when = When: { $when }
teacher-capacity = At most at a time: { $n } schools
teacher-topics = Good at: { $topics }
# Wishes, only where there are some
teacher-regions = Would like to go to: { $places }
teacher-not-regions = Not to: { $places }
teacher-max-altitude = Altitude: not above { $metres } m
teacher-min-months = At least: { $length }
teacher-max-months = At most: { $length }
teacher-contact = To be reached: { $hours }
button-anywhere = Anywhere is fine
button-only-online = Online only
button-places = At most { $n } schools at a time
teach-what-ask = Which subject do you teach?
teach-stage-ask = Which stage do you teach?
teach-form-ask = How would you like to help?
teach-edit = Please say what to change, for example: also online, free from May, happy to go to Liangshan
teacher-entry = Your entry (we invite you when a school needs you):
teacher-entry-paused = Your entry (paused, no invitations):
teacher-joined = You are registered, thank you. We will write when a school needs you
button-pause = Pause invitations
button-resume = Resume invitations

# The invitation
offer-head = A school would like you to come:
offer-school = School: { $place }
offer-what = What: { $what } · { $stage }
offer-form = Form of help: { $form }
offer-dates-line = Dates: { $dates }
offer-conditions = What the school offers: { $words }
offer-altitude = Altitude of the school: { $metres } m
# What differs from what the school asked for or from the teacher's own entry
changed-teacher-form = Other than the school asked for: { $given } (it asked for { $asked })
changed-teacher-form-open = You have not said how you can help; this time it is { $asked }
changed-teacher-dates = Other than the school asked for: { $given } (it asked for: { $asked })
changed-teacher-dates-open = Other than the school asked for: please propose the dates (it asked for: { $asked })
changed-teacher-stage = Other than in your entry: this is for { $asked } (your entry says { $given })
changed-teacher-stage-open = You have not said which stage you teach; this time it is { $asked }
changed-teacher-subject = Other than in your entry: this is for { $asked } (your entry says { $given })
changed-teacher-subject-open = You have not said which subject you teach; this time it is { $asked }
offer-words = In the school's words: “{ $words }”
offer-deadline = Would you like to? Please answer by { $until }. Declining is perfectly all right
offer-accepted = You have accepted. Waiting for the school to confirm
offer-confirmed = The school has confirmed
offer-declined = You have declined. Thank you for your answer
offer-expired = The time to answer is over. We will not trouble you this time
offer-refused = The school has made other arrangements this time
offer-withdrawn = This invitation was withdrawn
offer-dates-ask =
    { $order }

    The school has not fixed the dates. When can you come, and for how long? Tap or write, for example: 1 March to 30 June
# 换个时间: the offer has dates, the teacher proposes others
offer-dates-change = The dates so far: { $dates }. When would you like to come, and for how long? Tap or write, for example: 15 March to 30 June. The school will decide
button-other-dates = Other dates
offer-decline-ask = Thank you for telling us. May we ask the reason?
button-nope-time = The dates do not suit me
button-nope-travel = Too far, or health
button-nope-unsaid = Prefer not to say
offer-refused-note = { $school } has made other arrangements this time ({ $order }). Thank you for offering; we will invite you again

placement-teacher =
    It is settled: you go to { $place }
    { $order }
    Dates: { $dates }
    We will tell you again when the time comes
placement-begins = It starts today: { $name } at { $school } ({ $order }). If anything is difficult, tell the coordinator at any time
placement-moved = New dates: { $name } at { $school }, now { $dates } (before: { $before })
placement-closed = The support at { $school } is over. Thank you
