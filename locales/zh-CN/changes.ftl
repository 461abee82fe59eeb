### An order after it was filed: 修改, 撤回, 够了. Schools read most of it, teachers and coordinators what concerns them.

# The list of filed orders, and the card of one
orders-head = 要办哪一个订单？
orders-none = 现在没有进行中的订单
orders-line = { $id } 号 { $what }
button-orders = 改订单、撤回、请同事评
button-change = 修改需求
button-withdraw = 撤回
button-enough = 够了，不再要了
withdrawn-head = { $id } 号订单已撤回：{ $order }
ended-reason = 原因：{ $reason }

# Why an order ended before its time; on buttons and in sentences
ended-unneeded = 不需要了
ended-found = 已经有人了
ended-mistake = 填错了
ended-unsaid = 不便说明
ended-enough = 人够了
ended-waited = 等不及了

# 撤回
withdraw-ask =
    { $id } 号订单：{ $order }

    为什么要撤回？点了原因还会再问您一次
withdraw-sure = 确定撤回 { $id } 号订单吗？{ $order }
withdraw-settled = 已经定下的 { $n } 位老师会取消
withdraw-asked = 正在商量的 { $n } 位老师会收到通知
button-withdraw-sure = 确定撤回
toast-withdrawn = 已撤回
# The coordinator reads it
order-withdrawn =
    { $school }撤回了 { $id } 号订单：{ $order }
    原因：{ $reason }
proposal-ended = 学校不再找了：{ $reason }

# 够了
enough-ask = { $id } 号订单要 { $n } 人，已确认 { $confirmed } 人。不再找了，是什么原因？
button-enough-enough = 人够了
button-enough-waited = 等不及了
button-enough-unsaid = 不便说明
order-enough =
    { $school } { $id } 号订单不再找人：{ $order }
    已确认 { $confirmed } 人，原来要 { $wanted } 人。原因：{ $reason }
enough-stale = { $school } { $id } 号订单现在没有要停的：{ $order }

# 修改
draft-changing = { $id } 号订单改成这样，请您看看对不对：
button-open-change = 接着改 { $id } 号
change-filed = 改好了（{ $id } 号订单）：
change-next = 下一步：协调员重新看
change-next-asked = 下一步：会再问一次那位老师
change-nothing = { $id } 号订单没有变
order-changed = { $school }改了 { $id } 号订单：{ $order }
# On the coordinator's and the teacher's card, above the lines old → new
changed-head = 学校改了：
change-what = 科目：{ $old } → { $new }
change-form = 方式：{ $old } → { $new }
change-when = 时间：{ $old } → { $new }
change-stage = 学段：{ $old } → { $new }
change-headcount = 人数：{ $old } → { $new }
change-topics = 主题：{ $old } → { $new }
change-urgent = { $old } → { $new }
change-is-urgent = 急
change-not-urgent = 不急
error-places-held = 已经在请 { $n } 位老师，人数不能比这个少。人够了请点“够了，不再要了”
error-placement-runs = 已经有老师在帮扶了，这个订单要由协调员来办。请直接告诉协调员

# The supporting teacher reads these
offer-superseded = { $school }改了要求，请看下面新的邀请
called-off-withdrawn = { $school }现在不需要人了（{ $order }）。谢谢您愿意帮忙，以后还会邀请您
called-off-enough = { $school }的人已经够了（{ $order }）。谢谢您愿意帮忙，以后还会邀请您
called-off-changed = { $school }改了要求，这次和您的登记对不上了（{ $order }）。谢谢您愿意帮忙，以后还会邀请您
confirm-called-off = 这位老师已经不用来了
