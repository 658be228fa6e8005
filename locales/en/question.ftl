# Questions about looks, for the privacy lead.
question-list = Questions about looks
question-lead = Somebody saw who read their record and asks why. Your answer goes to them in plain words.
question-none = No question waits
question-none-more = When somebody asks about a look, it shows here.
question-due = Answer by { $day }
question-overdue = Past its day
question-about = They asked about: { $look }
question-open = Answer
question-of = { $name } asks about a look
question-asked = The question
question-answer = Your answer
question-answer-hint = Say who looked, what for, and what happens now. If it should not have happened, say so.
question-send = Send the answer
question-error-answer = Write your answer first.
question-error-long = This answer is too long. Please shorten it.
