### What a school's person reads.

need-ask = 请用一句话说您缺什么，例如：缺一个初中数学老师，3 月来，一学期

# The card of what was read
draft-read = { $n ->
    [1] 我读到这些，请您看看对不对：
   *[other] 我读到 { $n } 个订单，请您看看对不对：
}
draft-what = 科目：{ $what }
draft-stage = 学段：{ $stage }
draft-stage-assumed = （按本校）
draft-form = 方式：{ $form }
draft-people = 人数：{ $people }
draft-when = 时间：{ $when }
draft-topics = 主题：{ $topics }
draft-urgent = 急：是
draft-words = 读自您的话：{ $words }
draft-confirm = 对的话请点“提交”
draft-unclear = 这句我没看明白

# At most two of these, one per message
ask-what = 请问是哪一科，或者想请人指导什么？
ask-form = 希望老师怎么帮？
ask-stage = 是哪个学段？

# Plain words for the forms of help, on buttons
plain-mode-post = 来校任教一段时间（顶岗支教）
plain-mode-visit = 来校上课、听课指导（送教）
plain-mode-shadow = 派老师出去学（跟岗）
plain-mode-online = 网上教（线上）
plain-mode-lecture = 来做讲座、培训
plain-mode-parallel = 两边老师上同一课（同课异构）
plain-mode-mentor = 一对一带徒弟（师徒结对）

# 修改
draft-pick = 要改哪一个？
draft-edit =
    { $order }

    请直接说要改什么，例如：改成 2 人，下学期来。也可以点下面
# Buttons, each with what the field holds now, cut to 12 characters
button-field-what = 改科目：{ $now }
button-field-form = 改方式：{ $now }
button-field-when = 改时间：{ $now }
button-field-stage = 改学段：{ $now }
button-field-headcount = 改人数：{ $now }
button-field-topics = 改主题：{ $now }
button-field-urgent-yes = 改成：急
button-field-urgent-no = 改成：不急
# On the screen of the topics: leave one out; $n is ① ② ③
button-drop-topic = { $n } 去掉：{ $topic }
button-remove = 去掉这个订单
field-what-ask = 是哪一科？可以点，也可以写
field-form-ask = 希望老师怎么帮？可以点，也可以写
field-when-ask = 什么时候来，来多久？可以点，也可以写，例如：3 月 1 日起，一学期
field-stage-ask = 哪个学段或年级？可以点，也可以写
field-headcount-ask = 需要几个人？可以点，也可以写，例如：2 人
field-topics-ask = 想请人指导什么？请写下来，例如：作文教学
field-edit-ask = 请换个说法，例如：改成 2 人，下学期来

# 提交, 取消
filed-head = 已提交
filed-line = { $id } 号订单：{ $order }
filed-next = 下一步：协调员批准。有消息马上告诉您
draft-cancelled = 已取消
no-coordinator = { $county }现在还没有协调员在线。您的订单已经保存，有人接手就会办

# Along the way
returned =
    协调员想问您一句（{ $id } 号订单：{ $order }）：

    { $question }

    请直接回复
returned-again = 协调员还在等您回答
returned-over =
    协调员问过您（{ $id } 号订单：{ $order }）：{ $question }
    这个问题已经不用回答了
button-answer = 回答
answer-passed-on = 谢谢您，已转给协调员（{ $id } 号订单）
need-rest-declined =
    { $id } 号订单（{ $order }）：还缺的 { $n } 位不再找了。已经定下和在问的照旧
    原因：{ $reason }
need-declined =
    { $id } 号订单没有通过：{ $order }
    原因：{ $reason }
    有变化可以再提
decline-duplicate = 和已有的订单重复
decline-not-here = 不属于老师帮扶
decline-no-teacher = 目前没有合适的老师
decline-unsaid = 不便说明
asking-another = { $id } 号订单：上一位老师来不了，正在问另一位（{ $order }），最晚 { $until } 有回音
asking-teacher = { $id } 号订单已批准：{ $order }。正在问一位老师，最晚 { $until } 有回音

# 双向选择: the school's yes or no
confirm-head = { $id } 号订单：{ $order }
confirm-teacher = 老师：{ $name }（{ $unit }）
confirm-title = 职称：{ $title }
confirm-subjects = 教：{ $subjects }
confirm-dates = 时间：{ $dates }
# 换个时间: the teacher asks for other dates than those the school knows
confirm-dates-new = 老师想换个时间：{ $dates }
confirm-dates-old = 原来的时间：{ $dates }
confirm-ask = 这位老师愿意来。您看行吗？
confirm-ask-dates = 这位老师愿意来，但想换个时间。换成这个时间，您看行吗？
confirm-again = 这位老师愿意来，还在等您的回音。您看行吗？
confirm-confirmed = 您已确认
confirm-refused = 您已婉拒，协调员会再找别的老师
confirm-withdrawn = 很抱歉，这位老师来不了了。协调员正在找别的老师，有消息马上告诉您
confirm-open = 正在等老师答复
confirm-declined = 这位老师来不了，协调员会再找别的老师
confirm-expired = 这位老师没有按时答复，协调员会再找别的老师
refuse-ask = 请问是什么原因？
button-refuse-time = 时间不合适
button-refuse-not-fitting = 专业不太对
button-refuse-unsaid = 不便说明

# When the teacher can be reached, in their words
placement-contact = 老师说：{ $hours }
placement-school = 定了：{ $name } 将来贵校，{ $dates }。到时会再告诉您
need-closed = { $id } 号订单已结束：{ $order }。谢谢您的评价
need-reopened = 根据评价，协调员把 { $old } 号订单重新开了，新编号 { $id }。有消息马上告诉您

# What the school offers whoever comes; one sentence, on every invitation
conditions-ask = 请用一句话写：住哪里、怎么吃饭、路上怎么走、有没有补贴、大概几节课。例如：校内单人宿舍，食堂，县城坐车两小时，补贴按县里规定，每周十四节
conditions-long = 太长了，老师在手机上不好读。请写在 200 个字以内
conditions-held = 现在写的是：“{ $words }”
conditions-kept = 记下了：“{ $words }”。以后每份邀请都会写上
button-terms = 写食宿和交通
