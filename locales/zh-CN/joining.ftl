### First contact: consent, who are you, home, help, privacy.

# Everybody, before anything personal is asked. Facts 99 and 103: purpose, where it lies, rights.
consent =
    您好，这里是帮扶订单：学校说缺什么，我们找合适的老师来帮。

    我们只为这件事记录您的称呼、单位和您说的需求，给协调员和对方看。不收集学生的任何信息，请不要发学生姓名和电话。
    随时可以用 /mydata 查看、用 /forget 删除。聊天软件的服务器可能在国外。

    您同意吗？（告知书 { $version } 版）
button-agree = 同意，开始
# The same message once the person has agreed
consent-given = 您已同意（告知书 { $version } 版）。随时可以用 /mydata 查看、用 /forget 删除您的信息

invite-refused = 这个邀请码用不了：可能已经用过、过了期，或者打错了。请找协调员要一个新的。没有邀请码也可以，发 /start 告诉我您是谁

# A stranger without a code
intro-role = 请问您是哪一位？
button-role-school = 我是学校的老师
button-role-teacher = 我想去支援
role-school = 学校老师
role-teacher = 支援教师
role-coordinator = 协调员
# A colleague who wants more than to rate
button-join = 我也要登记
intro-role-colleague = 您现在是同伴。要提需求或者去支援，请先说您是哪一位，协调员确认了就可以。同伴的身份不变
intro-words-school = 请写您的称呼和学校全名，例如：王老师，四开乡中心小学校。换了手机或账号，也这样写
intro-words-school-again = 没对上。请再写一次学校全名，最好带上县名
intro-words-teacher = 请写您的称呼和单位，例如：李老师，成都市东光实验小学，教数学。换了手机或账号，也这样写
intro-school = 您的学校是下面哪一所？
intro-school-none = 名单里没有找到这所学校。请点“都不是”，再写一次全名
button-none-of-these = 都不是
intro-sent = 收到了，已经请协调员确认。确认好了马上告诉您，不用再发
intro-waiting = 您的登记正在等协调员确认，确认好了马上告诉您
intro-declined = 协调员没有通过这次登记。如果写错了，可以发 /start 再来一次
joined = 登记通过了，欢迎您

# Home screen
home-hello = { $name }，您好
home-hello-nameless = 您好
home-school = 您代表 { $school }。缺老师、想请人来指导，直接用一句话告诉我就行
home-teacher = 您是支援教师。有学校邀请您时，我会发消息给您
home-coordinator = 您是协调员。待批准的订单会发给您
button-need = 提需求
button-teach = 登记支援
button-queue = 待办

help-school = 学校：用一句话说缺什么，例如“缺一个初中数学老师，下学期来，一学期”。我读给您看，您点“提交”。以后每一步都会告诉您
help-teacher = 支援教师：点“登记支援”，用几句话介绍自己。有学校邀请时，您点“接受”或“婉拒”
help-colleague = 同伴：到时候我请您评三个小题，点一个数字就行。只有协调员看得到
help-coordinator = 协调员：订单来了，看三位人选和理由，点“批准”“退回”或“驳回”。“待办”列出还在等您的
help-stranger = 发 /start 开始
help-always =
    随时可以：发“帮忙”找协调员 · /mine 我的 · /cancel 取消 · /language 语言 · /mydata 我的数据 · /forget 删除我的数据

language-ask = 请选择语言 · Choose your language
language-zh = 中文
language-en = English

# Things that are not words
words-please = 收到了，不过我现在只看得懂文字。请用一句话写给我，例如：缺一个初中数学老师
words-edited = 您改了一条旧消息。要改订单，请点卡片上的“修改”，或者重新发一句
nothing-open = 现在没有要取消的
question-dropped = 好的，刚才的问题不用答了

# Fitting answers to sentences that are not a need
# below the answers that follow, to a school's person, when an order could be read in what they said
button-is-need = 这是需求，请读一读
reply-offer = 谢谢您愿意帮忙。支援教师请发 /teach 登记；学校的需求请直接说缺什么
reply-resource = 这里只办老师的事：请老师来、线上指导、培训。捐物捐款请联系县教育局
reply-question = 这个问题我答不了，请问您的协调员。如果您想请老师，直接说缺什么就行，例如：缺一个小学英语老师，一学期
reply-complaint = 对不起，让您操心了。请用 /mine 看看订单到哪一步了，协调员也能帮您查
reply-greeting = 不客气。需要老师的时候，用一句话告诉我就行
reply-spam = 这条消息我没有处理。需要老师的时候，用一句话告诉我就行

# A person cannot be reached any more (to a coordinator)
contact-lost = { $name } 现在收不到消息了（可能停用了机器人）。请用别的办法联系，以免误事

# Own data
mydata = 这是我们保存的您的全部信息。订单 { $needs } 个，评价 { $surveys } 份，操作记录 { $decisions } 条
forget-ask =
    要删除您的全部信息吗？

    您的称呼、单位、说过的话、账号都会删掉，进行中的邀约会转给别人。订单编号和日期留在学校的记录里，不带您的名字。聊天软件里已有的消息要您自己删。
button-forget = 删除我的信息
forget-kept = 好的，什么都没有删
forgotten = 已经删除。谢谢您用过帮扶订单。以后想再来，发 /start 就行

# The menu of commands beside the input field
command-start = 开始
command-need = 提需求
command-teach = 登记支援
command-mine = 我的
command-call = 找人帮忙
command-queue = 待办
command-help = 帮助
command-cancel = 取消
command-language = 语言 Language
command-mydata = 我的数据
command-forget = 删除我的数据

# 消息设置: which reminders come
button-mute = 消息设置
mute-head = 您的提醒：
mute-surveys-on = 回访提醒：发
mute-surveys-off = 回访提醒：不发
mute-tasks-on = 待办提醒：发
mute-tasks-off = 待办提醒：不发
mute-always = 邀请、确认、改日期这些要紧的消息，一直都发。写“停止”全部不再提醒，写“恢复”再提醒
button-mute-surveys = 不要回访提醒
button-unmute-surveys = 要回访提醒
button-mute-tasks = 不要待办提醒
button-unmute-tasks = 要待办提醒
