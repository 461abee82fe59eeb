### An order after it was filed: 修改, 撤回, 够了. Schools read most of it, teachers and coordinators what concerns them.

# The list of filed orders, and the card of one
orders-head = Which order is it about?
orders-none = No order is open
orders-line = No. { $id } { $what }
button-orders = Change, withdraw, ask colleagues
button-change = Change the order
button-withdraw = Withdraw
button-enough = Enough, no more people
withdrawn-head = Order { $id } is withdrawn: { $order }
ended-reason = Reason: { $reason }

# Why an order ended before its time; on buttons and in sentences
ended-unneeded = No longer needed
ended-found = We have found somebody
ended-mistake = Filled in by mistake
ended-unsaid = Prefer not to say
ended-enough = We have enough people
ended-waited = We cannot wait longer

# 撤回
withdraw-ask =
    Order { $id }: { $order }

    Why would you like to withdraw it? After the reason we ask once more
withdraw-sure = Withdraw order { $id }? { $order }
withdraw-settled = Settled with { $n } so far: this will be cancelled
withdraw-asked = Being asked at present: { $n }. They will be told
button-withdraw-sure = Yes, withdraw it
toast-withdrawn = Withdrawn
# The coordinator reads it
order-withdrawn =
    { $school } has withdrawn order { $id }: { $order }
    Reason: { $reason }
proposal-ended = The school looks for nobody any more: { $reason }

# 够了
enough-ask = Order { $id } asks for { $n }, and { $confirmed } confirmed so far. Why should we look no further?
button-enough-enough = We have enough people
button-enough-waited = We cannot wait longer
button-enough-unsaid = Prefer not to say
order-enough =
    { $school }: nobody else is looked for on order { $id }: { $order }
    Confirmed { $confirmed }, asked for { $wanted }. Reason: { $reason }
enough-stale = { $school }: nothing is being looked for on order { $id } now: { $order }

# 修改
draft-changing = Order { $id } will read like this. Please check it:
button-open-change = Go on changing no. { $id }
change-filed = Changed (order { $id }):
change-next = Next: the coordinator looks again
change-next-asked = Next: the teacher is asked once more
change-nothing = Nothing was changed on order { $id }
order-changed = { $school } has changed order { $id }: { $order }
# On the coordinator's and the teacher's card, above the lines old → new
changed-head = The school has changed:
change-what = Subject: { $old } → { $new }
change-form = Form of help: { $old } → { $new }
change-when = When: { $old } → { $new }
change-stage = Stage: { $old } → { $new }
change-headcount = How many: { $old } → { $new }
change-topics = Topic: { $old } → { $new }
change-urgent = { $old } → { $new }
change-is-urgent = urgent
change-not-urgent = not urgent
error-places-held = { $n } are being asked or have agreed already; it cannot be fewer. If that is enough, please tap “Enough, no more people”
error-placement-runs = A teacher is helping already, so the coordinator has to deal with this order. Please tell the coordinator

# The supporting teacher reads these
offer-superseded = { $school } has changed what it asks for. Please see the new invitation below
called-off-withdrawn = { $school } needs nobody at present ({ $order }). Thank you for offering to help; we will invite you again
called-off-enough = { $school } has enough people now ({ $order }). Thank you for offering to help; we will invite you again
called-off-changed = { $school } has changed what it asks for, and it no longer fits your entry ({ $order }). Thank you for offering to help; we will invite you again
confirm-called-off = This teacher need not come any more
