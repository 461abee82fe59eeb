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
