### 改日期: other dates for help that is agreed on. Both sides read it; at last the coordinators, who can decide for them.

# How to get there
button-redate = 改日期
button-helpers = 看老师的安排
button-open-helpers = 看 { $id } 号的安排
helpers-ask = 看哪一位老师的安排？
# The card of help that is not only agreed on; both sides and the coordinators
placement-active = { $name } 正在 { $school } 帮扶，{ $dates }
placement-ended = { $name } 在 { $school } 的帮扶结束了，{ $dates }
placement-cancelled = { $name } 在 { $school } 的帮扶取消了，原来是 { $dates }

# Which dates; whoever taps it
redate-now = { $name } 在 { $school } 帮扶的日期：{ $dates }
redate-active = { $name } 正在 { $school } 帮扶：{ $dates }
redate-ask = 想改成什么时候？可以点，也可以写，例如：推迟两周，或者 3 月 15 日到 6 月 30 日
redate-ask-active = 已经开始了，只能改结束的日子。想改到哪天结束？可以点，也可以写，例如：延长两周，或者到 6 月 30 日
redate-before = 已经问过：{ $dates }。再定一个，就换成新的
redate-fault-unclear = 没看明白是哪几天，请再写一次
redate-fault-past = 这个日子已经过去了，请换一个以后的
redate-fault-order = 结束的日子要在开始之后，请再看看
redate-fault-far = 离现在太远，或者时间太长了，请换近一点的
redate-fault-same = 和现在的日期一样，请换一个
# Old and new, on every screen that has both
redate-dates =
    现在：{ $before }
    改成：{ $dates }
# Once more, before anybody is asked
redate-sure = { $name } 在 { $school } 帮扶的日期：
redate-sure-school = 要问老师吗？老师同意了才改
redate-sure-teacher = 要问学校吗？学校同意了才改
redate-sure-coordinator = 现在就改吗？双方马上收到通知
button-redate-sure-school = 问老师
button-redate-sure-teacher = 问学校
button-redate-sure-coordinator = 现在就改

# Whoever asked reads
toast-redate-asked = 已经问了，等对方答复
redate-waits-school = 已经问了 { $name } 改日期的事（{ $order }）：
redate-waits-teacher = 已经问了 { $school } 改日期的事（{ $order }）：
redate-until = 正在等答复。到 { $until } 还没有回音，就请协调员来定
redate-raised = 一直没有回音，已请协调员来定。定了马上告诉您
button-redate-other = 换个日期
button-redate-stop = 不改了
redate-declined-school = { $name } 觉得新的日期不行，还是 { $dates }。您可以换个日期再问，也可以找人帮忙
redate-declined-teacher = { $school } 觉得新的日期不行，还是 { $dates }。您可以换个日期再问，也可以找人帮忙
redate-declined-behalf = 协调员 { $by } 替对方答复：新的日期不行，还是 { $dates }。您可以换个日期再问，也可以找人帮忙

# Whoever is asked reads
redate-asked-school = { $name } 想改来贵校的日期（{ $order }）：
redate-asked-teacher = { $school } 想改您去帮扶的日期（{ $order }）：
redate-agree = 您同意吗？您同意了才改
redate-again = 对方还在等您的回音
toast-redate-theirs = 请先答复对方问的日期
toast-redate-declined = 知道了，日期不变，已告诉对方
button-redate-yes = 同意
button-redate-no = 不同意
redate-declined-for-you = 协调员 { $by } 替您答复了：{ $name } 在 { $school } 的日期不改，还是 { $dates }。不对的话，请告诉协调员
# It was decided by a coordinator; both sides
placement-moved-by = 这是协调员 { $name } 定的。不对的话，请告诉协调员
placement-moved-unit = 派出单位同意的是原来的日期，请老师告诉单位一声

# Nobody has to decide any more
redate-over-withdrawn = { $who } 不改日期了，还是 { $dates }
redate-over-replaced = { $who } 换了日期，请看下面新的
redate-over-begun = { $name } 在 { $school } 的帮扶开始了，改开始日子的事不用再答。想改结束的日子，请点下面
redate-over-late = { $who } 问过改日期，一直没有定下来，问的日子已经到了，还是 { $dates }。还想改，请点下面
redate-over-ended = { $name } 在 { $school } 的帮扶结束了，改日期的事不用再答
redate-over-cancelled = { $name } 在 { $school } 的帮扶取消了，改日期的事不用再答

# A coordinator reads
redate-case = { $id } 号：{ $name } 在 { $school } 帮扶（{ $order }）
redate-case-asks = { $who } 想改日期：
redate-case-waits = 正在等 { $whom } 答复，到 { $until }
redate-case-raised = { $whom } 一直没有回音。请打电话问一问，再替对方定
button-redate-case-yes = 按新日期
button-redate-case-no = 不改
queue-redate = 改日期没人答：{ $name } 在 { $school }（{ $waited }）

# /mine
mine-redate-asked = 改日期：{ $name } 在 { $school }，改成 { $dates }。{ $who } 等您答复
mine-redate-waits = 改日期：{ $name } 在 { $school }，改成 { $dates }。已经问了，等对方答复
mine-redate-raised = 改日期：{ $name } 在 { $school }，改成 { $dates }。没有回音，已请协调员来定
button-open-redate = 答 { $who } 改日期的事
button-open-redate-own = 看改日期的事
