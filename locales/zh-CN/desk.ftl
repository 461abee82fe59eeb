### The coordinators' desk: a county's settings, deputies, approving what is clear, people who moved.

# 县设置, for the programme level
button-counties = 县设置
counties-ask = 看哪个县的设置？
county-head = { $county }的设置：
county-ask = 要改哪一项？
county-value-ask = 改成多少？从下一次起用新的，已经答应的日期不变
setting-answer_days = 老师答复邀请：{ $n } 天
setting-confirm_reminder_days = 提醒学校确认：{ $n } 天后
setting-idle_days = 没人批准时提醒：{ $n } 天后
setting-day_begins = 每天从 { $n } 点起才发提醒
setting-day_ends = 每天 { $n } 点以后不发提醒
setting-value = { $n }
button-setting-answer_days = 答复天数
button-setting-confirm_reminder_days = 确认提醒
button-setting-idle_days = 批准提醒
button-setting-day_begins = 几点开始
button-setting-day_ends = 几点以后不发
