### What a coordinator reads.

proposal-head = { $id } 号需求 · { $place }
proposal-places = 名额 { $n }，已确认 { $confirmed }，在办 { $taken }
proposal-words = 原话：“{ $words }”
proposal-no-coordinator = { $county }没有自己的协调员，这一单请您办
proposal-idle = 这一单等了 { $n } 天没人办，请您看看
proposal-escalated = 县里几天没有办这一单，已报给项目办
proposal-question = 问学校：{ $question }
proposal-answer = 学校答：{ $answer }
proposal-candidates = 人选：
proposal-candidates-near = 没有完全合适的，下面是接近的人选：
proposal-nobody = 现在没有合适的人选。原因：
proposal-page = 第 { $first }–{ $last } 位，共 { $total } 位
excluded-head = 没有列入的：
excluded-line = · { $reason }：{ $n } 人
excluded-no-account = 还没有开通账号
excluded-unavailable = 时间对不上
excluded-full = 已经安排满
excluded-paused = 暂停接收邀请
excluded-refused = 这一单问过了
excluded-length = 本人去不了这么久或这么短
excluded-region = 本人不去这个地方
excluded-altitude = 海拔太高，本人去不了
excluded-years = 教龄不够项目的要求
excluded-title = 职称不够项目的要求
excluded-origin = 不是结对地区的老师
excluded-subject = 科目不符
excluded-stage = 学段不符
excluded-form = 方式不符
excluded-topic = 主题不符
candidate = { $number } { $name }（{ $about }）{ $reason }
candidate-marked = { $number } ★ { $name }（{ $about }）{ $reason }
candidate-relax = 要放宽：{ $what }
relax-dates = 时间（有空：{ $given }）
relax-form = 方式（可以：{ $given }）
relax-stage = 学段（教{ $given }）
relax-subject = 科目（教{ $given }）
part-line = {"   "}{ $points }　{ $label }
part-total = {"   "}合计 { $points } 分
proposal-approved = { $name } 已批准，正在问这位老师
proposal-declined = { $name } 已驳回
proposal-withdrawn = 已撤回
proposal-returned = 已退回，正在等学校回答
proposal-unanswered = 学校没有回答。请您看看，可以直接办，也可以打电话问
decider-for = { $name }（代 { $principal }）

# 批准 on a candidate who does not fit in everything
relax-head = { $name } 不完全合要求：
relax-order = 学校要：{ $order }
relax-ask = 同意这样问老师吗？老师接受以后，学校也会看到这一点，再决定要不要
relax-which = 请这位老师怎么帮？老师接受以后，学校也会看到改动，再决定要不要
button-relax = 同意放宽并发出
button-relax-form = 改为{ $form }并发出
button-ask-school = 先退回问学校

# What differs from what the school asked for. Coordinators and schools read it
changed-form = 与原要求不同：改为{ $given }（原来要{ $asked }）
changed-form-open = 这位老师没有登记方式，会问能不能{ $asked }
changed-dates = 与原要求不同：时间改为 { $given }（原来：{ $asked }）
changed-dates-open = 与原要求不同：时间由老师提出（原来：{ $asked }）
changed-stage = 与原要求不同：老师现在教{ $given }（原来要{ $asked }）
changed-stage-open = 这位老师没有登记学段，会问能不能教{ $asked }
changed-subject = 与原要求不同：老师现在教{ $given }（原来要{ $asked }）
changed-subject-open = 这位老师没有登记科目，会问能不能教{ $asked }

return-ask = 请写一句要问学校的话
decline-ask = 驳回的原因是？学校会看到
button-why-duplicate = 和已有的订单重复
button-why-not-here = 不属于老师帮扶
button-why-no-teacher = 目前没有合适的老师
button-why-unsaid = 不便说明

intro-card = 新登记：{ $name } 说自己是{ $role }：“{ $words }”
intro-card-school = 学校：{ $school }（{ $county }）
intro-card-approved = { $name } 已批准
intro-card-declined = { $name } 已驳回

offer-accepted-note = { $id } 号：{ $name } 愿意去 { $school }（{ $order }），{ $dates }。正在等学校确认
offer-accepted-dates = 老师想换个时间，原来是 { $dates }
offer-declined-note = { $id } 号：{ $name } 婉拒了（{ $reason }）。下一批人选已发给您
offer-expired-note = { $id } 号：{ $name } 到 { $until } 没有答复。下一批人选已发给您
offer-refused-coordinator = { $id } 号：{ $school } 婉拒了 { $name }（{ $reason }）。下一批人选已发给您
placement-coordinator = { $id } 号已定：{ $name } 去 { $school }（{ $order }），{ $dates }
