### Files, and evidence of a diagnosis (依据). Schools, teachers and coordinators read it.

# To the sender of a voice message, photo or file
attachment-kept = 收到您的{ $kind }，已经存好，也转给了{ $names }
attachment-kept-nobody = 收到您的{ $kind }，已经存好。现在还没有协调员在线
attachment-words = 我自己只看得懂文字。急的话，请用一句话写给我
attachment-no-pupils = 照片和视频里请不要有学生
sticker-thanks = 谢谢您。需要老师的时候，用一句话告诉我就行
file-photo = 照片
file-voice = 语音
file-document = 文件
file-video = 视频
file-audio = 音频
file-animation = 动图
file-clip = 小视频
file-place = 位置
file-poll = 投票
# Somebody's card with a telephone number
contact-not-kept = 收到名片了。电话是别人的信息，我没有存，也没有转给任何人。想请人联系您，发“帮忙”；要介绍别人来，请他自己打开这个机器人，发 /start
# To the coordinator, in place of a round video that the messenger did not send on
clip-lost = 这段小视频没有转过来，请问发的人

# To the coordinator, with the file itself
sent-by = { $name }
sent-by-of = { $name }（{ $of }）
sent-what = { $who }发来{ $kind }
sent-about = 关于 { $id } 号：{ $order }
sent-words = “{ $words }”

# 依据
button-evidence = 补充依据
button-evidence-more = 再补充
evidence-ask = { $id } 号订单，您有哪一样？
button-backs-survey = 问卷
button-backs-talk = 访谈
button-backs-lesson = 课堂观察
backs-survey = 问卷
backs-talk = 访谈
backs-lesson = 课堂观察
backed-none = 依据：还没有
backed-line = 依据：{ $marks }
backed-yes = { $name } ✓
backed-no = { $name } –
evidence-survey-ask = 问卷里看到了什么？请写一句，或者发照片、文件。请不要写学生姓名
evidence-talk-ask = 访谈里老师怎么说？请写一句，或者发照片、文件。请不要写学生姓名
evidence-lesson-ask = 听课看到了什么？请写一句，或者发照片、文件。请不要写学生姓名
evidence-kept = 已经补充到 { $id } 号订单，也转给了{ $names }
evidence-kept-nobody = 已经补充到 { $id } 号订单
evidence-note = 补充依据：{ $backs }
# The coordinator's ready question; the school sees it with a button
button-ask-evidence = 请补充依据
button-see-evidence = 看依据
question-evidence = 请补充依据：做过问卷、访谈或课堂观察吗？看到了什么？
