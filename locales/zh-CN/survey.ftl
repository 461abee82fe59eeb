### The survey. The school rates the help, the teacher rates how it went at the school.

survey-intro-school = { $name } 在贵校的帮扶结束了（{ $dates }）。请您评三个小题，1 分最低，5 分最高。评价只给协调员看
survey-intro-teacher = 您在 { $school } 的帮扶结束了（{ $dates }）。请您评三个小题，1 分最低，5 分最高。评价只给协调员看
survey-reminder = 还在等您的评价，一分钟就好
survey-school-1 = （{ $number }/{ $total }）这次帮扶合不合学校的需要？
survey-school-2 = （{ $number }/{ $total }）老师教得怎么样？
survey-school-3 = （{ $number }/{ $total }）老师走后，本校老师自己接得住吗？
survey-teacher-1 = （{ $number }/{ $total }）学校的配合怎么样？
survey-teacher-2 = （{ $number }/{ $total }）食宿、交通等条件怎么样？
survey-teacher-3 = （{ $number }/{ $total }）您走后，本校老师自己接得住吗？
survey-unclear = 请点或者写一个 1 到 5 的数字
survey-comment = 还有什么想说的吗？写一句，或者点“不用了”
button-no-comment = 不用了
survey-answered = 收到您的评价了，谢谢您
survey-lapsed = 这份评价已经过了时间，谢谢您
survey-cancelled = 这份评价取消了
