### 找人帮忙: a call-back by a coordinator.

button-callback = 找人帮忙
# The last line of a screen that has no room for the button
callback-line = 有困难？发“帮忙”两个字
callback-ask = 要请协调员联系您吗？可以先写一句是什么事，也可以直接点
button-callback-yes = 请联系我
# 返回, when something else had been asked before
callback-not = 好的。请接着答上面的问题
# Below one of the next three, when something else had been asked before
callback-go-on = 前面的问题还等着您，可以接着答
callback-asked = 已经告诉{ $names }，会有人联系您
callback-asked-nobody = 已经记下。现在还没有协调员在线，有人接手就会联系您
callback-taken = { $name } 会联系您
callback-done = { $name } 说已经解决了。还没有的话，请再点“找人帮忙”

# The coordinators' card
callback-card = { $name } 请您联系
callback-card-of = { $name }（{ $of }）请您联系
callback-words = 说：“{ $words }”
callback-idle = 这一件等了几天没人办，请您看看
callback-card-taken = { $name } 来联系
callback-card-done = 已解决
button-callback-take = 我来联系
button-callback-solved = 已解决
queue-callback = 请您联系：{ $name }（{ $waited }）
