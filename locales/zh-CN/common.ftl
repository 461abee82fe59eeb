### Words shared by all screens. 您, short sentences, no exclamation marks, no 。 at the end of a button.

# Between the items of a list
list-mark = 、
# Between two forms of help of which either will do
or-mark = {" "}或{" "}
# In place of anything that was not said
unsaid = 没有说
form-unsaid = 方式没有说
stage-unsaid = 学段没有说
unit-unsaid = 单位没有填
# In place of a name we do not have
somebody = 这位老师
colleague = 同事

# Dates as everybody reads them
date-day = { $year }年{ $month }月{ $day }日
date-moment = { $month }月{ $day }日 { $clock }
date-span = { $start } 至 { $end }
length-days = { $days } 天
length-months = 约 { $months } 个月
length-years = { $years } 年
when-both = { $start } 起，{ $length }
when-start = { $start } 起，多久没有说
when-length = { $length }，开始时间没有说
from = { $start } 起
until = 到 { $end }
waited = { $days ->
    [0] 今天来的
   *[other] 等了 { $days } 天
}

# A school whose name does not say its county
school-in-county = { $school }（{ $county }）
# Between the words an order was read from
words-mark = {" … "}

# How many people: said by the school, or assumed by us
people-said = { $n } 人
people-assumed = { $n } 人（没有说，先按 1 人）

# Grades
grade = { $grade }
grade-1 = 小学一年级
grade-2 = 小学二年级
grade-3 = 小学三年级
grade-4 = 小学四年级
grade-5 = 小学五年级
grade-6 = 小学六年级
grade-7 = 初中七年级
grade-8 = 初中八年级
grade-9 = 初中九年级
grade-10 = 高中一年级
grade-11 = 高中二年级
grade-12 = 高中三年级

# Buttons that many screens share
button-submit = 提交
button-edit = 修改
button-cancel = 取消
button-back = 返回
button-more = 更多
button-home = 主页
button-help = 帮助
button-mine = 我的
button-approve = 批准
button-return = 退回
button-decline = 驳回
button-accept = 接受
button-decline-offer = 婉拒
button-confirm = 确认
button-refuse = 婉拒
button-later = 稍后

# Short answers to a tap, at most 200 characters
toast-already = 已经办过了
toast-stale = 这个按钮已经过期，请看现在的情况
toast-thanks = 谢谢您
toast-done = 好了
toast-nothing-clear = 现在没有一目了然的订单
toast-write-answer = 请直接打字回答
toast-filed = 已提交
toast-approved = 已批准，正在问老师
toast-declined = 已驳回
toast-accepted = 谢谢您，已告诉学校
toast-declined-kindly = 知道了，谢谢您回复
toast-confirmed = 已确认
toast-later = 好的，过几天再问您
toast-no-more = 没有更多人选了
toast-teacher-taken = 这位老师刚刚有了别的安排，已换成新的人选
toast-one-question-left = 还差一个问题
toast-unknown-button = 不认识这个按钮，请发 /start 重新开始

# Why something was not possible
error-not-yours = 没有找到这一项，或者它不归您办。点“我的”看您自己的事项：/mine
error-stale = 这一步已经过去了。点 /mine 看现在的情况
error-too-many-codes = 邀请码错得太多。请一小时后再试，或者找协调员要一个新的
error-slow-down = 您发得太快，后面的几条没有处理。请等我回完再发，一次说完整一件事
error-schools-only = 提需求要由学校的老师来办。您如果是学校老师，请找协调员登记
error-teachers-only = 登记支援要由支援教师来办。您如果愿意支援，请找协调员登记
error-coordinators-only = 待办只给协调员看
error-programme-only = 这里只给项目办看
error-own-introduction = 自己不能给自己确认，请找另一位协调员
error-colleague-rated = 这个邀请码是请同事来评您这次帮扶的，您自己不能用
error-colleague-contact = 您已经代表学校评价了。请把这个邀请码转给和老师一起工作的同事
error-dates-in-order = 结束的日子要在开始之后，请再看看日期

# A message could not be processed, with a number to quote
incident = 对不起，您刚才这条消息没有办成。已经记下，编号 { $incident }。请再发一次，或者告诉协调员这个编号
incident-coordinator = 有一条消息三次都没有办成，编号 { $incident }。原文已保存，请让管理员查看
