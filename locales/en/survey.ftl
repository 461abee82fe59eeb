### The survey. The school rates the help, the teacher rates how it went at the school.

survey-intro-school = The support by { $name } at your school is over ({ $dates }). Please answer three short questions; 1 is lowest, 5 is highest. Only the coordinator sees your answers
survey-intro-teacher = Your support at { $school } is over ({ $dates }). Please answer three short questions; 1 is lowest, 5 is highest. Only the coordinator sees your answers
survey-reminder = We are still waiting for your feedback; it takes a minute
survey-school-1 = ({ $number }/{ $total }) Did the support fit what the school needed?
survey-school-2 = ({ $number }/{ $total }) How well did the teacher teach?
survey-school-3 = ({ $number }/{ $total }) Can your own teachers carry on now that the teacher has left?
survey-teacher-1 = ({ $number }/{ $total }) How well did the school work with you?
survey-teacher-2 = ({ $number }/{ $total }) How were meals, lodging and transport?
survey-teacher-3 = ({ $number }/{ $total }) Can the school's own teachers carry on now that you have left?
survey-unclear = Please tap or write a number from 1 to 5
survey-comment = Is there anything else you would like to say? Write a sentence, or tap “No, thank you”
button-no-comment = No, thank you
survey-answered = We have your feedback, thank you
survey-lapsed = The time for this feedback is over, thank you
survey-cancelled = This feedback was cancelled
