### 找人帮忙: a call-back by a coordinator.

button-callback = Ask for help
# The last line of a screen that has no room for the button
callback-line = Stuck? Send the word “help”
callback-ask = Shall a coordinator get in touch with you? You can write one sentence about it, or just tap
button-callback-yes = Please contact me
# 返回, when something else had been asked before
callback-not = All right. Please go on with the question above
# Below one of the next three, when something else had been asked before
callback-go-on = The question from before is still open; you can go on with it
callback-asked = { $names } have been told. Somebody will get in touch with you
callback-asked-nobody = Noted. No coordinator is on duty yet; somebody will get in touch as soon as there is one
callback-taken = { $name } will get in touch with you
callback-done = { $name } says this is solved. If it is not, please tap “Ask for help” again

# The coordinators' card
callback-card = { $name } asks you to get in touch
callback-card-of = { $name } ({ $of }) asks you to get in touch
callback-words = In their words: “{ $words }”
callback-idle = Nobody has dealt with this for days; please have a look
callback-card-taken = { $name } gets in touch
callback-card-done = Solved
button-callback-take = I will get in touch
button-callback-solved = Solved
queue-callback = Wants to be contacted: { $name } ({ $waited })
