### What `bot.py assign` says about pairs and open places. Read by coordinators, beside ids and points.

# Behind the bonus of an order, like the parts of a score: short, no full stop.
part-assign-waiting = has waited { $days } days
part-assign-one-teacher = one-teacher school
part-assign-remote = remote school

# What is asked for, where the stage is known; the other sentences use it.
assign-kind = { $what } ({ $where })

# Why a place stays open; the first demand nobody meets.
assign-why-subject = no free teacher teaches { $what }
assign-why-topic = no free teacher is good at { $what }
assign-why-stage = no free teacher of { $what } teaches { $where }
assign-why-form = no free teacher of { $kind } offers { $how }
assign-why-dates = no teacher of { $kind } is free at that time
assign-why-length = no teacher of { $kind } who is free then stays for that long or that short
assign-why-site = those who suit otherwise were asked already or cannot go to this school
assign-why-few = teachers who suit: { $suit }; all are assigned to this order
assign-why-elsewhere = teachers who suit: { $suit }; other orders need them more
assign-why-partly = teachers who suit: { $suit }; assigned here: { $here }; the others are needed more elsewhere

# What would fill it, and for how many teachers it opens the door.
assign-would-dates = with other dates: { $n } more
assign-would-online = if online is accepted: { $n } more
assign-would-form = with any form of help: { $n } more
assign-would-stage = with the stage next to it: { $n } more
assign-would-subject = with a related subject: { $n } more
assign-would-more = teachers of { $kind } still to be found: { $n }
