### 代填, and what was filed before. Schools and coordinators read it.

# At 提交, when the school has filed nearly the same
similar-colleague = { $name } { $day }提过类似的需求：
similar-own = 您 { $day }提过类似的需求：
similar-ask = 还要提交这一个吗？
button-submit-anyway = 还是提交
button-submit-not = 不提交了

# A coordinator for a school, a colleague for another
button-behalf = 代学校提需求
button-behalf-mate = 替同事提
behalf-school = 请写学校的名字，最好带上县名
behalf-school-which = 是哪一所？也可以再写一次
behalf-school-none = 没有找到这所学校。请再写一次全名
behalf-colleague = 替哪一位提？
behalf-nobody = 您学校还没有别的老师在用。请直接说缺什么
behalf-ask = 请用一句话说{ $name }缺什么，例如：缺一个初中数学老师，3 月来，一学期
behalf-owner = 提交以后，会请{ $name }确认
behalf-alone = 这所学校还没有人能收到消息，由您直接提交。老师愿意来的时候，也请您替学校确认
behalf-sent = 已经请{ $name }确认：
# The owner's card, and what the typist reads once it is filed
behalf-head = { $name } 替您填了一个需求
button-submit-behalf = 确认提交
behalf-filed = { $name } 已确认提交
behalf-dropped = { $name } 没有提交您填的这一个：{ $order }
behalf-waiting = { $name } 还没有确认，已经再提醒一次：{ $order }
