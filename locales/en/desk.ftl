### The coordinators' desk: a county's settings, deputies, approving what is clear, people who moved.

# County settings, for the programme level
button-counties = County settings
counties-ask = Which county?
county-head = Settings of { $county }:
county-ask = Which one do you want to change?
county-value-ask = To what? It holds from the next time on; dates already promised stay
setting-answer_days = Teachers answer an invitation within { $n } days
setting-confirm_reminder_days = Schools are reminded to confirm after { $n } days
setting-idle_days = A decision nobody took is reminded after { $n } days
setting-day_begins = Reminders from { $n }:00 on
setting-day_ends = No reminders after { $n }:00
setting-value = { $n }
button-setting-answer_days = Days to answer
button-setting-confirm_reminder_days = Confirm reminder
button-setting-idle_days = Decision reminder
button-setting-day_begins = Reminders from
button-setting-day_ends = No reminders after
