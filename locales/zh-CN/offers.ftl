### Between an invitation and the school's yes, and after it: questions, the unit's consent, leaving.

# 先问学校一句. The teacher reads
button-ask-first = 先问学校一句
question-ask = 请写一句要问学校的话，例如：有没有宿舍？学校回答前的时间不算，答复时间最多延 2 天
question-long = 太长了，请写短一点，200 字以内
offer-question = 您问学校：“{ $text }”
offer-answer = 学校答：“{ $answer }”
offer-question-waits = 正在等学校回答。等的时间不算，答复时间最多延 2 天
offer-extended = 因为等学校回答，答复时间已经延后
# The school reads
question-relayed =
    { $id } 号订单正在问的老师想先问您一句（{ $order }）：

    { $text }
question-please = 请直接回复一句，我转给老师
question-again = 老师还在等您的回答。请直接回复一句，我转给老师
question-answered = 您答：“{ $answer }”。已转给老师
question-over = 不用答了，这件事已经有了结果
button-open-asked = 答 { $id } 号老师的问题
# A coordinator reads
question-note =
    { $id } 号：{ $name } 问 { $school }：“{ $question }”
    学校答：“{ $answer }”

# 退出, after 接受. The teacher reads
button-leave = 退出
leave-ask = 没关系，谢谢您早点告诉我们。请问是什么原因？
leave-sure =
    { $school }：{ $order }，{ $dates }

    退出以后，这次安排取消。学校和协调员马上知道，会再找别的老师。您确定吗？
button-leave-sure = 确定退出
offer-left = 您已退出。谢谢您告诉我们，以后还会邀请您
toast-left = 知道了，已告诉学校和协调员
button-open-arrangement = 看 { $school } 的安排
# A coordinator reads
offer-withdrawn-note = { $id } 号：{ $name } 去不了 { $school } 了（{ $order }）。原因：{ $reason }。下一批人选已发给您

# An accepted offer the school does not confirm. A coordinator reads
unconfirmed =
    { $id } 号：{ $name } 愿意去 { $school }（{ $order }）
    已经等了学校 { $days } 天，学校还没有确认
unconfirmed-ask = 您可以再提醒学校，也可以请老师不用等了
unconfirmed-released = 已请老师不用等了。下一批人选已发给您
unconfirmed-over = 这件事已经有了结果
button-remind = 再提醒学校
button-release = 请老师不用等了
queue-late = { $school }：{ $name } 等学校确认（{ $waited }）
# The teacher, then the school
offer-released = 学校一直没有回音，您不用再等了。谢谢您愿意帮忙，以后还会邀请您
confirm-released = 一直没有等到您的回音，这位老师先不等了。协调员会再找别的老师

# 单位同意, between 接受 and 确认. The teacher reads
button-unit-needed = 需要单位同意
button-unit-code = 给单位的话，再发一次
offer-accepted-open = 您已接受，正在等您单位同意。请把发给您的那段话转给单位负责的人
offer-accepted-given = 您已接受，单位已同意，正在等学校确认
offer-unit = 这次没有得到单位同意，先不去了。谢谢您愿意帮忙，以后还会邀请您
mine-offer-unit = { $school }：{ $order }。您已接受，等您单位同意
button-nope-unit = 单位没有同意
# Forwarded by the teacher to the unit's person
unit-code =
    { $name } 想去帮扶，需要单位同意。学校：{ $place }
    请打开这个机器人，发送下面这一行（14 天内有效，只能用一次）：

    /start { $code }
# The unit's person reads
unit-head = { $name } 想去帮扶，请您单位看看：
unit-card-open = 您单位同意吗？
unit-card-given = 您已同意，谢谢您。已告诉老师和学校
unit-card-denied = 您没有同意，已告诉老师。谢谢您答复
unit-card-dropped = 这件事已经有了结果，不用再答
unit-deny-ask = 不同意的话，{ $name } 这次就不去了，学校会另外找人。您确定吗？
button-unit-yes = 同意
button-unit-no = 不同意
button-unit-no-sure = 确定不同意
# The school reads
confirm-unit-open = 这位老师愿意来，正在等派出单位同意。同意了马上请您确认
confirm-unit-given = 派出单位已同意
confirm-unit = 很抱歉，这位老师没有得到单位同意，来不了了。协调员正在找别的老师
next-unit = 下一步：{ $name }的派出单位同意
# A coordinator reads
unit-note = { $id } 号：{ $name } 去 { $school }（{ $order }），要先得到派出单位同意
unit-note-open = 正在等单位答复。单位给了书面同意的，您可以记下来
unit-note-given = 单位已同意，正在等学校确认
unit-note-denied = 单位没有同意
unit-note-dropped = 这件事已经有了结果
unit-evidence-ask = 请写一句依据，例如：单位同意书编号 2026-15
button-unit-paper = 记下单位同意
button-unit-must = 需要单位同意
unconfirmed-unit =
    { $id } 号：{ $name } 愿意去 { $school }（{ $order }）
    派出单位 { $days } 天了还没有同意
button-remind-unit = 再提醒老师
error-own-unit = 这要由老师单位里负责的人来答，请把那段话转给他们
