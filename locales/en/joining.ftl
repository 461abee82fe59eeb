### First contact: consent, who are you, home, help, privacy.

# Everybody, before anything personal is asked. Facts 99 and 103: purpose, where it lies, rights.
consent =
    Hello, this is 帮扶订单: a school says what it lacks, and we find a suitable teacher to help.

    For this purpose only we keep how to address you, your school or unit and what you say you need, and show it to the coordinators and to the other side. We collect nothing about students; please do not send students' names or telephone numbers.
    At any time /mydata shows and /forget removes your data. The servers of the chat app may be outside China.

    Do you agree? (notice version { $version })
button-agree = I agree, begin
# The same message once the person has agreed
consent-given = You have agreed (notice version { $version }). At any time /mydata shows and /forget removes your data

invite-refused = This code does not work: it may have been used, be out of date or be mistyped. Please ask a coordinator for a new one. You can also begin without a code: send /start and tell us who you are

# A stranger without a code
intro-role = Who are you, please?
button-role-school = I work at a school
button-role-teacher = I would like to help
role-school = school teacher
role-teacher = supporting teacher
role-coordinator = coordinator
# A colleague who wants more than to rate
button-join = Join as school or teacher
intro-role-colleague = You are a colleague now. To file an order or to help, first say who you are; a coordinator confirms it. You stay a colleague
intro-words-school = Please write how to address you and the full name of your school, for example: Teacher Wang, 四开乡中心小学校. The same if you have a new phone or account
intro-words-school-again = That did not match. Please write the full name of the school once more, best with the county
intro-words-teacher = Please write how to address you and your unit, for example: Teacher Li, 成都市东光实验小学, maths. The same if you have a new phone or account
intro-school = Which of these is your school?
intro-school-none = This school is not on the list. Please tap “None of these” and write its full name again
button-none-of-these = None of these
intro-sent = Thank you, a coordinator has been asked to confirm. We will tell you as soon as that is done; no need to write again
intro-waiting = Your registration is waiting for a coordinator. We will tell you as soon as it is confirmed
intro-declined = The coordinator did not confirm this registration. If something was mistyped, send /start to try again
joined = You are registered. Welcome

# Home screen
home-hello = Hello, { $name }
home-hello-nameless = Hello
home-school = You speak for { $school }. If you lack a teacher or would like advice, just say so in one sentence
home-teacher = You are a supporting teacher. We will write when a school invites you
home-coordinator = You are a coordinator. Orders to approve will be sent to you
button-need = New order
button-teach = Register to help
button-queue = To do

help-school = Schools: say in one sentence what you lack, for example “we need a middle school maths teacher next term, for one term”. You see what was read and tap “Submit”. We tell you about every step after that
help-teacher = Supporting teachers: tap “Register to help” and introduce yourself in a few sentences. When a school invites you, tap “Accept” or “Decline politely”
help-colleague = Colleagues: when the time comes I ask you three short questions; a tap on a number is enough. Only the coordinator sees it
help-coordinator = Coordinators: when an order comes, look at the three candidates and the reasons, then tap “Approve”, “Return” or “Decline”. “To do” lists what still waits for you
help-stranger = Send /start to begin
help-always =
    At any time: “help” for a coordinator · /mine my items · /cancel cancel · /language language · /mydata my data · /forget delete my data

language-ask = 请选择语言 · Choose your language
language-zh = 中文
language-en = English

# Things that are not words
words-please = Thank you, but we can only read text for now. Please write it in one sentence, for example: we need a middle school maths teacher
words-edited = You changed an old message. To change an order, please tap “Edit” on its card, or send a new sentence
nothing-open = There is nothing to cancel
question-dropped = All right, you need not answer the last question

# Fitting answers to sentences that are not a need
# below the answers that follow, to a school's person, when an order could be read in what they said
button-is-need = It is a need, read it as one
reply-offer = Thank you for offering to help. Supporting teachers please register with /teach; schools please just say what they lack
reply-resource = We only deal with teachers: teachers who come, advice online, training. For donations please contact the county education bureau
reply-question = We cannot answer this; please ask your coordinator. If you would like a teacher, just say what you lack, for example: a primary English teacher for one term
reply-complaint = We are sorry for the trouble. /mine shows how far your order has come, and the coordinator can look into it
reply-greeting = You are welcome. When you need a teacher, tell us in one sentence
reply-spam = This message was not dealt with. When you need a teacher, tell us in one sentence

# A person cannot be reached any more (to a coordinator)
contact-lost = { $name } can no longer be reached here (perhaps the bot was stopped). Please use another way, so that nothing is missed

# Own data
mydata = This is everything we keep about you. Orders: { $needs }, feedback: { $surveys }, records of actions: { $decisions }
forget-ask =
    Delete everything about you?

    How to address you, your unit, what you said and your account are deleted; open invitations go to others. Order numbers and dates stay in the school's records without your name. Messages already in your chat app you have to delete yourself.
button-forget = Delete my data
forget-kept = All right, nothing was deleted
forgotten = Deleted. Thank you for having used 帮扶订单. If you would like to come back, send /start

# The menu of commands beside the input field
command-start = Begin
command-need = New order
command-teach = Register to help
command-mine = My items
command-call = Ask for help
command-queue = To do
command-help = Help
command-cancel = Cancel
command-language = Language 语言
command-mydata = My data
command-forget = Delete my data

# Message settings: which reminders come
button-mute = Message settings
mute-head = Your reminders:
mute-surveys-on = Feedback reminders: on
mute-surveys-off = Feedback reminders: off
mute-tasks-on = To-do reminders: on
mute-tasks-off = To-do reminders: off
mute-always = Invitations, confirmations and changed dates always come. Write STOP to end all reminders, RESUME to have them again
button-mute-surveys = No feedback reminders
button-unmute-surveys = Feedback reminders again
button-mute-tasks = No to-do reminders
button-unmute-tasks = To-do reminders again
