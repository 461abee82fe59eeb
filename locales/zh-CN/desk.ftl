### The coordinators' desk: a county's settings, deputies, approving what is clear, people who moved.

# 县设置, for the programme level
button-counties = 县设置
counties-ask = 看哪个县的设置？
county-head = { $county }的设置：
county-ask = 看哪一块？
county-topic-ask = 要改哪一项？
county-times-ask = 改成多少？从下一次起用新的，已经答应的日期不变
county-rules-ask = 改成哪个？从下一次排人选起用新的，没有写明的老师不受影响
county-surveys-ask = 改成哪个？以后确认的帮扶用新的；已经确认的不变，除非改了起止日期
county-end = 结束时：每个县都问，总分按这一次算
county-paired = 结对的有 { $n } 处，如 { $names }
county-unpaired = 这个县还没有登记结对的单位和城市，选了也不起作用
button-topic-times = 期限和提醒
button-topic-rules = 对老师的要求
button-topic-surveys = 回访
setting-answer_days = 老师答复邀请：{ $n } 天
setting-confirm_reminder_days = 提醒学校确认：{ $n } 天后
setting-idle_days = 没人批准时提醒：{ $n } 天后
setting-day_begins = 每天从 { $n } 点起才发提醒
setting-day_ends = 每天 { $n } 点以后不发提醒
setting-min_years = 请来的老师至少教过：{ $n } 年（0 是不限）
setting-min_title = 请来的老师的职称：{ $n ->
        [first] 中级及以上
        [senior] 高级及以上
       *[any] 不限
    }
setting-origin = 请来的老师从哪里来：{ $n ->
        [paired] 只要结对地区和单位的
       *[any] 不限
    }
setting-baseline = 开始前：{ $n ->
        [off] 不问
       *[days] 提前 { $n } 天问
    }
setting-day30 = 开始后：{ $n ->
        [off] 不问
       *[days] { $n } 天后问
    }
setting-mid = 期中：{ $n ->
        [off] 不问
       *[on] 过半时问，太短的不问
    }
setting-after90 = 走后：{ $n ->
        [off] 不问
       *[days] { $n } 天后问
    }
setting-colleague = 同伴的评价：{ $n ->
        [off] 不问
       *[on] 问
    }
setting-students = 学生的小纸条：{ $n ->
        [off] 不问
       *[on] 问
    }
setting-value = { $n ->
        [off] 不问
        [on] 问
        [any] 不限
        [first] 中级及以上
        [senior] 高级及以上
        [paired] 只要结对的
       *[number] { $n }
    }
button-setting-answer_days = 答复天数
button-setting-confirm_reminder_days = 确认提醒
button-setting-idle_days = 批准提醒
button-setting-day_begins = 几点开始
button-setting-day_ends = 几点以后不发
button-setting-min_years = 教龄
button-setting-min_title = 职称
button-setting-origin = 从哪里来
button-setting-baseline = 开始前
button-setting-day30 = 开始后
button-setting-mid = 期中
button-setting-after90 = 走后
button-setting-colleague = 同伴
button-setting-students = 学生

# 休假代理, for coordinators
button-deputy = 休假代理
programme = 项目办
deputy-ask = 您哪几天不在，由谁代？可以点，也可以写一句，写明从哪天到哪天、由谁代
deputy-unclear = 没看懂是哪几天
button-away-this-week = 今天到周日
button-away-next-week = 下周
deputy-who = { $dates }，由谁代您？
deputy-person = { $n } { $name }（{ $where }）
button-standcode = 请别人代（给邀请码）
deputy-code =
    { $dates } 的代理邀请码，只能用一次。请把下面这一行转给代您的人，请对方发给我：

    /start { $code }
deputy-for-me = { $name } 代您办，{ $dates }
deputy-i-for = 您代 { $name } 办，{ $dates }
deputy-state = { $line }：{ $state }
deputy-planned = 到时候自动开始
deputy-active = 已经开始，办了 { $n } 单
deputy-ended = 已经结束，一共办了 { $n } 单
deputy-cancelled = 提前结束了，一共办了 { $n } 单
deputy-told = 这几天的订单会发给您，您可以批准、退回、驳回。到日子自动结束
button-deputy-end = { $n } 不用代了（{ $name }）
button-deputy-no = 我代不了

# 批量批准, for coordinators
button-bulk = 批量批准（{ $n } 个）
bulk-head = 这 { $n } 单的人选很清楚：
bulk-rule = 科目、学段、方式都合，比第二位高 { $n } 分以上，或者只有一位
bulk-line = { $number } { $id } 号 { $school }（{ $order }）→ { $name }
bulk-ask = 一次批准吗？不放心的，请返回一单一单地看
bulk-done = 已批准 { $n } 单：
bulk-approved = ✓
bulk-decided = 没有批：已经有人办了
bulk-changed = 没有批：人选有变化，请单独看
bulk-taken = 没有批：这位老师刚有了别的安排
button-bulkyes = 批准这 { $n } 单

# A coordinator corrects an order or an entry
button-amend = 不用问，直接改订单
amend-ask =
    { $id } 号订单：{ $order }

    改哪一项？学校会看到原来的和改后的
amended-line = { $field }：{ $before } → { $after }
amended-what = 科目
amended-form = 方式
amended-when = 时间
amended-stage = 学段
amended-headcount = 人数
amended-topics = 主题
amended-urgent = 急不急
urgent-yes = 急
urgent-no = 不急
# The school reads it
need-amended =
    { $name } 改了您的 { $id } 号订单：
    { $line }
    不对的话，请告诉协调员
button-entry = 看这位老师的登记
button-paused = 看暂停的老师
entry-is-active = 这位老师现在接受邀请：
entry-is-paused = 这位老师暂停了，不会收到邀请：
# The teacher reads it
entry-switched-paused = 协调员 { $name } 暂停了您的登记，这段时间不会有学校邀请您。要恢复，请点下面的按钮
entry-switched-active = 协调员 { $name } 恢复了您的登记，有学校需要时会邀请您。不方便的话，请点下面的按钮再暂停
paused-ask = 这些老师暂停了，看哪一位？
paused-none = 现在没有暂停的老师
paused-line = { $n } { $name }

# Somebody known comes with a new account
intro-waited = 这位等了 { $n } 天没人办，请您看看
intro-same = { $number } 可能是原来的 { $name }，最近一次操作是 { $last }
intro-same-ask = 请先打电话核对。是本人换了手机或账号，就转移；转移后旧账号不能再用
button-transfer = 核对后转移：{ $number } { $name }
button-not-same = 不是同一人，新登记
# To the new account, and to the old one
moved-here = 核对好了，您原来的登记和订单都转到这个账号了。没办完的，我再发一遍
moved-away = 您的登记已经转到另一个账号，这个账号不能再办事。不是您本人换的，请马上给协调员打电话
