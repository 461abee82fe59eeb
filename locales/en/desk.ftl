### The coordinators' desk: a county's settings, deputies, approving what is clear, people who moved.

# County settings, for the programme level
button-counties = County settings
counties-ask = Which county?
county-head = Settings of { $county }:
county-ask = Which part?
county-topic-ask = Which one do you want to change?
county-times-ask = To what? It holds from the next time on; dates already promised stay
county-rules-ask = To what? It holds from the next ranking on; teachers who have not said are not affected
county-surveys-ask = To what? It holds for support confirmed from now on; what is confirmed stays unless its dates are moved
county-end = At the end: asked in every county, the score is made of it
county-paired = Paired with this county: { $n }, such as { $names }
county-unpaired = No paired units or cities are known for this county, so the rule leaves nobody out
button-topic-times = Deadlines and reminders
button-topic-rules = Whom to ask for
button-topic-surveys = Surveys
setting-answer_days = Teachers answer an invitation within { $n } days
setting-confirm_reminder_days = Schools are reminded to confirm after { $n } days
setting-idle_days = A decision nobody took is reminded after { $n } days
setting-day_begins = Reminders from { $n }:00 on
setting-day_ends = No reminders after { $n }:00
setting-min_years = Teachers to ask have taught at least: { $n } years (0: any)
setting-min_title = Title of teachers to ask: { $n ->
        [first] intermediate or higher
        [senior] senior or higher
       *[any] any
    }
setting-origin = Where teachers to ask come from: { $n ->
        [paired] paired places and units only
       *[any] anywhere
    }
setting-baseline = Before the beginning: { $n ->
        [off] not asked
       *[days] { $n } days before
    }
setting-day30 = After the beginning: { $n ->
        [off] not asked
       *[days] after { $n } days
    }
setting-mid = Half-way: { $n ->
        [off] not asked
       *[on] asked, unless the stay is short
    }
setting-after90 = After the end: { $n ->
        [off] not asked
       *[days] after { $n } days
    }
setting-colleague = Colleagues: { $n ->
        [off] not asked
       *[on] asked
    }
setting-students = Students' slips: { $n ->
        [off] not asked
       *[on] asked
    }
setting-value = { $n ->
        [off] Not asked
        [on] Asked
        [any] Any
        [first] Intermediate or higher
        [senior] Senior or higher
        [paired] Paired only
       *[number] { $n }
    }
button-setting-answer_days = Days to answer
button-setting-confirm_reminder_days = Confirm reminder
button-setting-idle_days = Decision reminder
button-setting-day_begins = Reminders from
button-setting-day_ends = No reminders after
button-setting-min_years = Years of service
button-setting-min_title = Title
button-setting-origin = Where from
button-setting-baseline = Before
button-setting-day30 = After the start
button-setting-mid = Half-way
button-setting-after90 = After the end
button-setting-colleague = Colleagues
button-setting-students = Students

# Deputies, for coordinators
button-deputy = Deputy
programme = programme office
deputy-ask = Which days are you away, and who stands in? Tap, or write the dates and the name in one sentence
deputy-unclear = The days are not clear to me
button-away-this-week = Today until Sunday
button-away-next-week = Next week
deputy-who = { $dates }: who stands in for you?
deputy-person = { $n } { $name } ({ $where })
button-standcode = Somebody else (by a code)
deputy-code =
    A code for your deputy, { $dates }; it works once. Pass the next line on, to be sent to me:

    /start { $code }
deputy-for-me = { $name } stands in for you, { $dates }
deputy-i-for = You stand in for { $name }, { $dates }
deputy-state = { $line }: { $state }
deputy-planned = begins by itself
deputy-active = under way, { $n } decided
deputy-ended = over, { $n } decided
deputy-cancelled = ended early, { $n } decided
deputy-told = The orders of these days come to you: you can approve, return and decline. It ends by itself
button-deputy-end = { $n } End it ({ $name })
button-deputy-no = I cannot

# Approving what is clear, for coordinators
button-bulk = Approve what is clear ({ $n })
bulk-head = { $n } orders with a clear candidate:
bulk-rule = Subject, stage and form fit, and { $n } points or more ahead of the second, or nobody else
bulk-line = { $number } No. { $id } { $school } ({ $order }) → { $name }
bulk-ask = Approve them all at once? If in doubt go back and look at them one by one
bulk-done = { $n } approved:
bulk-approved = ✓
bulk-decided = left out: somebody decided already
bulk-changed = left out: the candidates changed, please look at it by itself
bulk-taken = left out: this teacher has just been taken
button-bulkyes = Approve these { $n }

# A coordinator corrects an order or an entry
button-amend = No need to ask, change it
amend-ask =
    Order { $id }: { $order }

    What do you want to change? The school sees old and new
amended-line = { $field }: { $before } → { $after }
amended-what = Subject
amended-form = Form of help
amended-when = Time
amended-stage = Stage
amended-headcount = People
amended-topics = Topics
amended-urgent = Urgency
urgent-yes = urgent
urgent-no = not urgent
# The school reads it
need-amended =
    { $name } changed your order { $id }:
    { $line }
    If that is wrong, please tell the coordinator
button-entry = This teacher's entry
button-paused = Paused teachers
entry-is-active = This teacher takes invitations:
entry-is-paused = This teacher has paused and gets no invitations:
# The teacher reads it
entry-switched-paused = Coordinator { $name } paused your entry; no school will invite you meanwhile. To resume, tap below
entry-switched-active = Coordinator { $name } resumed your entry; schools may invite you. If that does not suit you, tap below to pause
paused-ask = These teachers have paused. Which one?
paused-none = No teacher has paused
paused-line = { $n } { $name }

# Somebody known comes with a new account
intro-waited = This newcomer has waited for { $n } days; please have a look
intro-same = { $number } may be { $name }, last active on { $last }
intro-same-ask = Please ring and check first. If it is the same person with a new phone or account, move them; the old account then stops working
button-transfer = Checked, move: { $number } { $name }
button-not-same = Somebody else, let in
# To the new account, and to the old one
moved-here = Checked: your entry and your orders are on this account now. What is still open comes again
moved-away = Your entry has been moved to another account, and this one no longer works. If that was not you, ring your coordinator at once
