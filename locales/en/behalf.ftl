### 代填, and what was filed before. Schools and coordinators read it.

# At 提交, when the school has filed nearly the same
similar-colleague = { $name } filed something similar on { $day }:
similar-own = You filed something similar on { $day }:
similar-ask = Submit this one all the same?
button-submit-anyway = Submit all the same
button-submit-not = Do not submit

# A coordinator for a school, a colleague for another
button-behalf = Order for a school
button-behalf-mate = For a colleague
behalf-school = Please write the name of the school, best with the county
behalf-school-which = Which one is it? You can also write it again
behalf-school-none = This school was not found. Please write its full name once more
behalf-colleague = For whom?
behalf-nobody = Nobody else of your school is here yet. Please just say what you lack
behalf-ask = Please say in one sentence what { $name } lacks, for example: a middle school maths teacher from March for one term
behalf-owner = After you submit, { $name } will be asked to confirm
behalf-alone = Nobody of this school can get messages yet, so you submit it yourself. When a teacher would like to come, please confirm for the school too
behalf-sent = { $name } has been asked to confirm:
# The owner's card, and what the typist reads once it is filed
behalf-head = { $name } has filled in an order for you
button-submit-behalf = Confirm and submit
behalf-filed = Confirmed and submitted by { $name }
behalf-dropped = { $name } did not submit the order you filled in: { $order }
behalf-waiting = { $name } has not confirmed yet and was reminded once more: { $order }
