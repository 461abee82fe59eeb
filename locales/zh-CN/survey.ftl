### The surveys. The school and its colleagues rate the help, the teacher rates how it went at the school.

# Everybody who is asked: how, and who reads it
survey-how = 请您评三个小题，1 分最低，5 分最高。只有协调员看得到您的评价
survey-reminder = 还在等您的评价，一分钟就好

# Before the beginning
survey-intro-before-school = { $name } 在贵校帮扶的时间是 { $dates }。想先了解贵校现在的情况
survey-before-school-1 = （{ $number }/{ $total }）这次要帮的这一块，学校现在做得怎么样？
survey-before-school-2 = （{ $number }/{ $total }）课表、食宿等准备得怎么样？
survey-before-school-3 = （{ $number }/{ $total }）这次帮扶要解决什么，老师们清楚吗？
survey-intro-before-teacher = 您在 { $school } 帮扶的时间是 { $dates }。想先了解准备的情况
survey-before-teacher-1 = （{ $number }/{ $total }）学校想要什么帮助，您清楚吗？
survey-before-teacher-2 = （{ $number }/{ $total }）食宿、交通等安排，您放心吗？
survey-before-teacher-3 = （{ $number }/{ $total }）您自己准备得怎么样？

# While it runs: after 30 days, and in the middle
survey-intro-during-school = { $name } 正在贵校帮扶（{ $dates }）。想听听到现在怎么样
survey-during-school-1 = （{ $number }/{ $total }）到现在，帮扶合不合学校的需要？
survey-during-school-2 = （{ $number }/{ $total }）老师教得怎么样？
survey-during-school-3 = （{ $number }/{ $total }）本校老师跟着学得怎么样？
survey-intro-during-teacher = 您正在 { $school } 帮扶（{ $dates }）。想听听到现在怎么样
survey-during-teacher-1 = （{ $number }/{ $total }）学校的配合怎么样？
survey-during-teacher-2 = （{ $number }/{ $total }）食宿、交通等条件怎么样？
survey-during-teacher-3 = （{ $number }/{ $total }）本校老师跟着学得怎么样？
survey-intro-during-colleague = 您和 { $name } 在 { $school } 一起工作有一段时间了。想听听到现在怎么样
survey-during-colleague-1 = （{ $number }/{ $total }）和这位老师合作得怎么样？
survey-during-colleague-2 = （{ $number }/{ $total }）这位老师的课和教研，对您有没有帮助？
survey-during-colleague-3 = （{ $number }/{ $total }）学到的做法，您自己用得起来吗？

# At the end
survey-intro-over-school = { $name } 在贵校的帮扶结束了（{ $dates }）
survey-over-school-1 = （{ $number }/{ $total }）这次帮扶合不合学校的需要？
survey-over-school-2 = （{ $number }/{ $total }）老师教得怎么样？
survey-over-school-3 = （{ $number }/{ $total }）老师走后，本校老师自己接得住吗？
survey-intro-over-teacher = 您在 { $school } 的帮扶结束了（{ $dates }）
survey-over-teacher-1 = （{ $number }/{ $total }）学校的配合怎么样？
survey-over-teacher-2 = （{ $number }/{ $total }）食宿、交通等条件怎么样？
survey-over-teacher-3 = （{ $number }/{ $total }）您走后，本校老师自己接得住吗？
survey-intro-over-colleague = { $name } 在 { $school } 的帮扶结束了（{ $dates }）
survey-over-colleague-1 = （{ $number }/{ $total }）和这位老师合作得怎么样？
survey-over-colleague-2 = （{ $number }/{ $total }）这位老师的课和教研，对您有没有帮助？
survey-over-colleague-3 = （{ $number }/{ $total }）老师走后，您自己接得住吗？

# Months after
survey-intro-later-school = { $name } 离开贵校有一段时间了（{ $dates }）。想知道现在怎么样
survey-later-school-1 = （{ $number }/{ $total }）当时学到的做法，现在还在用吗？
survey-later-school-2 = （{ $number }/{ $total }）老师走后，本校老师自己接住了吗？
survey-later-school-3 = （{ $number }/{ $total }）和帮扶以前比，学生学得怎么样？
survey-intro-later-teacher = 您在 { $school } 的帮扶结束有一段时间了（{ $dates }）。想知道现在怎么样
survey-later-teacher-1 = （{ $number }/{ $total }）您和学校老师的联系保持得怎么样？
survey-later-teacher-2 = （{ $number }/{ $total }）据您了解，当时的做法学校还在用吗？
survey-later-teacher-3 = （{ $number }/{ $total }）回头看，这次帮扶对学校有没有用？

survey-unclear = 请点或者写一个 1 到 5 的数字
survey-comment = 还有什么想说的吗？写一句，或者点“不用了”
button-no-comment = 不用了
survey-answered = 收到您的评价了，谢谢您
survey-lapsed = 这份评价已经过了时间，谢谢您
survey-cancelled = 这份评价取消了

# The school enters totals of one class; numbers only
totals-ask = 还有一件事：请在 { $name } 教过的一个班发小纸条，学生每人写一个 1 到 5 的分数，5 分最好，不写名字。收齐数一数，只把总数告诉我（{ $school }，{ $dates }）
totals-example = 写成这样：45 张，5 分 30，4 分 10，3 分 5
totals-unread = 这些数字我没有看懂。请写一共几张，再写每个分数几张
totals-slips = 各个分数加起来是 { $added } 张。请把一共收了几张也写上
totals-sum = 您写的一共是 { $said } 张，各个分数加起来是 { $added } 张。请再数一数，重新写一遍
button-no-slips = 没有收

# The school passes it on to colleagues as it is
colleague-code =
    请把这一条转给和 { $name } 一起工作的同事：

    同事您好，{ $name } 在 { $school } 帮扶（{ $dates }）。请您以同伴身份评一评：每次三个小题，一分钟就好，只有协调员看得到。请打开这个机器人，发这一句：

    /start { $code }
# The school asks for the code again: it is only kept as a hash, so there is a new one
button-mates = 请同事来评
colleagues-of = 请哪一位老师的同事来评？
colleague-renew = 和 { $name } 一起工作的同事，都可以用邀请码来评。原来的邀请码我看不到了，只能给您换一个新的：旧的从此不能用，已经加入的同事不受影响
button-mate-new = 换一个新的
colleague-renewed = 和 { $name } 一起工作的同事，请用下面新的邀请码。旧的不能再用了，已经加入的同事不受影响
# On a colleague's home screen and in /mine
colleague-of = 您是 { $name } 在 { $school } 的同伴（{ $dates }）。到时候会请您评三个小题，只有协调员看得到

# The result, for coordinators only
result-head =
    { $id } 号的评价：{ $name } 在 { $school }
    { $order }，{ $dates }
result-score = 总分：{ $mean } 分（满分 5，{ $shares }）
result-provisional = 暂定总分：{ $mean } 分（满分 5，只按{ $shares } 算）
result-missing = 还缺：{ $missing }
# The county leaves them out; their weights are shared out among the others in proportion
result-not-asked = 本县不收：{ $groups }，总分按其余的算
result-no-score = 还没有总分，评价没有收到
result-share = { $side } { $n }%
side-school = 学校评
side-teacher = 老师评
side-colleague = 同伴评
side-students = 学生评
result-side = { $role }：{ $mean } 分（满分 5，{ $answered }/{ $asked } 份）
result-students = { $role }：{ $mean } 分（满分 5，一个班 { $n } 张小纸条）
result-none = { $role }：没有收到（0/{ $asked } 份）
result-comment = “{ $comment }”
result-more = 另有 { $n } 句没有列出
result-waves = 各次回收：{ $waves }
result-wave = { $wave } { $answered }/{ $asked }
wave-baseline = 开始前
wave-day30 = 开始后
wave-mid = 期中
wave-end = 结束时
wave-after90 = 走后
result-ask = 这一单结束，还是再次帮扶？
result-closed = 已结束
button-close = 结束
button-reopen = 再次帮扶
