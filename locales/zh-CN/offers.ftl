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
button-answer = 回答
button-open-question = 答 { $id } 号老师的问题
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
