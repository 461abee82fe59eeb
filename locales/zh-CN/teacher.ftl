### What a supporting teacher reads.

teach-ask = 请用几句话介绍自己，例如：我叫陈明，成都某小学，教小学数学 15 年，一级教师，擅长计算教学，可以线上，也可以来校送教，明年 3 月到 7 月有空
teacher-read = 我读到这些，请您看看对不对：
teacher-about = { $about }
teacher-subjects = 科目：{ $subjects }
teacher-stages = 学段：{ $stages }
teacher-modes = 方式：{ $modes }
teacher-when = 时间：{ $when }
teacher-capacity = 同时最多接：{ $n } 所学校
teacher-topics = 擅长：{ $topics }
# Wishes, only where there are some
teacher-regions = 想去：{ $places }
teacher-not-regions = 不去：{ $places }
teacher-max-altitude = 海拔：{ $metres } 米以上不去
teacher-min-months = 最少去：{ $length }
teacher-max-months = 最多去：{ $length }
teacher-contact = 联系：{ $hours }
button-anywhere = 去哪里都可以
button-only-online = 只线上帮忙
button-places = 改成同时最多接 { $n } 所学校
teach-what-ask = 您教哪一科？
teach-stage-ask = 您教哪个学段？
teach-form-ask = 您愿意怎么帮？
teach-edit = 请直接说要改什么，例如：也可以线上，5 月以后有空，最多去两个月，晚上 7 点后方便联系
teacher-entry = 您的登记（有学校需要时会邀请您）：
teacher-entry-paused = 您的登记（已暂停，不会收到邀请）：
teacher-joined = 登记好了，谢谢您。有学校需要时，我会发消息给您
button-pause = 暂停接收邀请
button-resume = 恢复接收邀请

# The invitation
offer-head = 有一所学校想请您：
offer-school = 学校：{ $place }
offer-what = 内容：{ $what } · { $stage }
offer-form = 方式：{ $form }
offer-dates-line = 时间：{ $dates }
offer-conditions = 学校的条件：{ $words }
offer-altitude = 学校海拔：{ $metres } 米
# What differs from what the school asked for or from the teacher's own entry
changed-teacher-form = 与学校原要求不同：改为{ $given }（学校原来要{ $asked }）
changed-teacher-form-open = 您没有登记过方式，这次是{ $asked }
changed-teacher-dates = 与学校原要求不同：时间改为 { $given }（学校原来：{ $asked }）
changed-teacher-dates-open = 与学校原要求不同：时间请您提出（学校原来：{ $asked }）
changed-teacher-stage = 与您的登记不同：这次教{ $asked }（您登记的是{ $given }）
changed-teacher-stage-open = 您没有登记过学段，这次教{ $asked }
changed-teacher-subject = 与您的登记不同：这次教{ $asked }（您登记的是{ $given }）
changed-teacher-subject-open = 您没有登记过科目，这次教{ $asked }
offer-words = 学校的话：“{ $words }”
offer-deadline = 您愿意吗？请在 { $until } 前答复。婉拒也没关系
offer-accepted = 您已接受，正在等学校确认
offer-confirmed = 学校已确认
offer-declined = 您已婉拒，谢谢您回复
offer-expired = 已过答复时间，这次先不打扰您了
offer-refused = 学校这次另有安排
offer-withdrawn = 这个邀请已撤回
offer-dates-ask =
    { $order }

    学校没有定死时间。您什么时候去，去多久？可以点，也可以写，例如：3 月 1 日到 6 月 30 日
# 换个时间: the offer has dates, the teacher proposes others
offer-dates-change = 原来的时间：{ $dates }。您希望什么时候去，去多久？可以点，也可以写，例如：3 月 15 日到 6 月 30 日。学校看了再定
button-other-dates = 换个时间
offer-decline-ask = 谢谢您告诉我们。请问是什么原因？
button-nope-time = 时间不合适
button-nope-travel = 路远或身体原因
button-nope-unsaid = 不便说明
offer-refused-note = { $school } 这次另有安排（{ $order }）。谢谢您愿意帮忙，以后还会邀请您

placement-teacher =
    定了：您去 { $place }
    { $order }
    时间：{ $dates }
    到时会再告诉您
placement-begins = 今天开始：{ $name } 在 { $school }（{ $order }）。有困难随时告诉协调员
placement-moved = 时间改了：{ $name } 在 { $school } 的帮扶改为 { $dates }（原来：{ $before }）
placement-closed = { $school } 的这次帮扶结束了。谢谢您
