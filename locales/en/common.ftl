### Words shared by all screens. Plain, polite, short; no exclamation marks, no full stop at the end of a button.

# Between the items of a list
list-mark = {", "}
# Between two forms of help of which either will do
or-mark = {" or "}
# In place of anything that was not said
unsaid = not said
form-unsaid = form not said
stage-unsaid = stage not said
unit-unsaid = unit not given
# A school whose name does not say its county
school-in-county = { $school } ({ $county })
# Between the words an order was read from
words-mark = {" … "}
# In place of a name we do not have
somebody = this teacher
colleague = a colleague

# Dates as everybody reads them
date-day =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
date-moment =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }, { $clock }
date-span = { $start } to { $end }
length-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
length-months = { $months ->
    [1] about 1 month
   *[other] about { $months } months
}
length-years = { $years ->
    [one] { $years } year
   *[other] { $years } years
}
when-both = from { $start }, { $length }
when-start = from { $start }, length not said
when-length = { $length }, start not said
from = from { $start }
until = until { $end }
waited = { $days ->
    [0] came today
    [one] waiting for { $days } day
   *[other] waiting for { $days } days
}

# How many people: said by the school, or assumed by us
people-said = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
people-assumed = { $n ->
    [one] { $n } person
   *[other] { $n } people
} (not said, so we take 1)

# Grades
grade = { $grade }
grade-1 = primary grade 1
grade-2 = primary grade 2
grade-3 = primary grade 3
grade-4 = primary grade 4
grade-5 = primary grade 5
grade-6 = primary grade 6
grade-7 = middle school grade 7
grade-8 = middle school grade 8
grade-9 = middle school grade 9
grade-10 = high school year 1
grade-11 = high school year 2
grade-12 = high school year 3

# Buttons that many screens share
button-submit = Submit
button-edit = Edit
button-cancel = Cancel
button-back = Back
button-more = More
button-home = Home
button-help = Help
button-mine = My orders
button-approve = Approve
button-return = Return
button-decline = Decline
button-accept = Accept
button-decline-offer = Decline politely
button-confirm = Confirm
button-refuse = Decline politely
button-later = Later

# Short answers to a tap, at most 200 characters
toast-already = Already done
toast-stale = This button is out of date. Here is how things stand now
toast-thanks = Thank you
toast-done = Done
toast-nothing-clear = Nothing is clear-cut at present
toast-write-answer = Please type your answer
toast-filed = Submitted
toast-approved = Approved. The teacher is being asked
toast-declined = Declined
toast-accepted = Thank you. The school has been told
toast-declined-kindly = Noted. Thank you for your answer
toast-confirmed = Confirmed
toast-later = All right. We will ask you again in a few days
toast-no-more = There are no other candidates
toast-teacher-taken = This teacher has just taken on something else. Here are new candidates
toast-one-question-left = One question is still open
toast-unknown-button = We do not know this button. Please send /start to begin again

# Why something was not possible
error-not-yours = This was not found, or it is not yours to decide. See your own items: /mine
error-stale = This step is already over. See how things stand now: /mine
error-too-many-codes = Too many wrong codes. Please try again in an hour, or ask a coordinator for a new one
error-slow-down = You are writing faster than we can answer, and your last messages were not read. Please wait for the answers, then send one complete message
error-schools-only = Orders are made by people of a school. If you work at a school, please ask a coordinator to register you
error-teachers-only = This is for supporting teachers. If you would like to help, please ask a coordinator to register you
error-coordinators-only = The to-do list is for coordinators only
error-programme-only = This is for the programme office only
error-own-introduction = You cannot confirm yourself. Please ask another coordinator
error-colleague-rated = This code invites colleagues to rate your own support, so you cannot use it yourself
error-colleague-contact = You already rate for the school. Please forward this code to colleagues who work with the teacher
error-dates-in-order = The last day must come after the first; please look at the dates again

# A message could not be processed, with a number to quote
incident = Sorry, your last message could not be dealt with. It is on record under number { $incident }. Please send it again, or give a coordinator this number
incident-coordinator = A message failed three times, number { $incident }. Its text is kept; please ask the operator to look
