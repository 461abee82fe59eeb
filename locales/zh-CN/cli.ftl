### The command line, for operators.

cli-description = 帮扶订单：学校说缺什么，找合适的老师来帮
cli-demo-help = 启动演示：一页三部手机，不要令牌，不要外网
cli-run-help = 正式运行（长轮询），要先设 TELEGRAM_BOT_TOKEN
cli-gateway-help = 只启动网关（一个本机的 Bot API 服务器）
cli-invite-help = 生成一次性邀请码，最后一行就是
cli-import-help = 导入表格，并列出不合的地方
cli-read-help = 读需求：标准输入每行一个 JSON（id、text）
cli-rank-help = 给需求排出人选
cli-assign-help = 把全部名额一次排给全部空闲老师（只预览，不发出）
cli-cases-help = 列出学校确认和改过的读法（每行一个 JSON），供本县核对
cli-cases-read-help = 改为列出现在的程序对这些话的读法
cli-migrate-help = 把数据库升级到最新
cli-clock-help = 从文件读业务时间的偏移（秒），只用于测试
cli-bad-setting = 设置 { $name } 不对：{ $why }
cli-no-token = 还没有设置 TELEGRAM_BOT_TOKEN。请写进 .env，或先用 make demo 看演示
cli-token-refused = 令牌被拒绝了。请核对 TELEGRAM_BOT_TOKEN
cli-no-database = 数据库打不开（{ $why }）。请核对 DATABASE_URL
cli-port-taken = 这个端口已被占用，可能演示已经开着。请换一个，例如 --port 8012
cli-clock-refused = --clock 只能用于本机的网关，不能用于 Telegram 的服务器
cli-running = 机器人在运行。按 Ctrl+C 停止
cli-gateway-running = 网关在运行：{ $url }
cli-invite = 一次性邀请码，{ $days } 天内有效。请本人向机器人发送 /start 加空格加邀请码：
cli-school-missing = 请用 --school 写学校全名
cli-school-unknown = 没有这所学校：{ $name }。相近的有：{ $near }
cli-school-several = 有几所同名的学校：{ $name }
cli-no-teacher = 没有编号为 { $id } 的老师
cli-line = 第 { $line } 行：
cli-imported = 新增 { $added }，更新 { $updated }，不合之处 { $problems }
cli-bad-line = { $file } 第 { $line } 行：{ $why }
cli-line-json = 不是一行完整的 JSON
cli-line-object = 应是一个 JSON 对象
cli-line-id = 没有编号 id
cli-line-twice = 编号 { $field } 重复
cli-line-field = { $field } 写得不对
cli-seconds = 用时 { $seconds } 秒
cli-no-file = 文件读不了：{ $file }（{ $why }）
cli-migrated = 数据库已是最新

demo-preparing = 正在准备演示 …
demo-schools = 已载入 { $n } 所学校
demo-people = { $n } 个人已登记（全部虚构）
demo-running =
    演示已启动，请用浏览器打开：
    { $url }
demo-programme = 全部县
demo-stranger = 还没有登记
demo-greeting = 正在发欢迎消息，还有 { $left } 条 …  
