# What workers can show, and what they may do with it.
credential-yes = Yes
credential-not-yet = Not yet
credential-no = No
credential-all-there = Everything is in place.
credential-one-left = One thing is left: { $name }.
credential-left = { $count } of { $all } things are left.
credential-until-then = Until then:
credential-must-choose = Your program has to make a choice first.
credential-supervisor-books = Your supervisor books the next meeting.
credential-yes-until = This is yes until { $day }, if nothing new comes.
credential-changes-on = The answer changes on { $day }, if nothing new comes.
credential-until-short = changes on { $day }
credential-add-for = Add: { $name }
credential-count = { $done } of { $all } done
credential-what-it-takes = What it takes
credential-where-from = Where this comes from
credential-needs-checking = still needs checking
credential-add = Add
credential-others = Other questions
credential-of = { $have } of { $need }
credential-hours-of = { $have } of { $need } hours
credential-cycle-until = hours, until { $day }
credential-share = { $what }: at least { $need }. You have { $have }.
credential-add-hours = Add hours
credential-learn = Where to learn more
credential-sent = What you have shown
credential-sent-none = Nothing yet. Start with your certificate, if you have one.
credential-yours = This is yours. It goes with you when you leave.

# How a thing stands.
credential-done = Done
credential-nothing-due = Nothing due
credential-handed-in = Handed in
credential-lifted = Lifted for now
credential-missing = Not done
credential-out-of-date = Out of date
credential-later = Starts later
credential-less = Not enough
credential-not-passed = Not passed
credential-not-clear = Not clear
credential-new-version = New version
credential-hand-in = Hand in
credential-inactive = Not active
credential-void = Begin again
credential-overdue = To book
credential-chain = Not this way
credential-choose = To choose
credential-good-until = Good until { $day }
credential-no-end = No end date
credential-due-by = Next by { $day }
credential-not-on-file = Not on file yet
credential-ended = Ended { $day }
credential-from = From { $day }
credential-topics = Still: { $topics }
credential-version-is = Now: { $version }
credential-hand-in-by = By { $day }
credential-since = Since { $day }
credential-was-due = By { $day }

# Adding.
credential-add-title = Add: { $name }
credential-own-life = You say that it is so. Nobody needs the story. Only you and whoever checks papers see this.
credential-title = What was it called?
credential-which = Which one?
credential-level = How far did you go at school?
credential-level-high-school = High school or GED
credential-level-associate = Two years of college
credential-level-bachelor = Four years of college
credential-level-master = Master’s degree
credential-level-doctorate = Doctorate
credential-pick = Pick one
credential-field = In what field?
credential-field-other = Another field, or none
credential-born = Your birthday
credential-day-on-it = The day on the diploma
credential-first-day = First day
credential-last-day = Last day
credential-last-day-open = Last day. Leave it empty if it goes on.
credential-until-hint = Leave it empty if there is none.
credential-training-ended = The day it ended
credential-hours = Hours
credential-hours-hint = Such as 6 or 1.5.
credential-categories = What was it about?
credential-topics-for-families = Topics that families need
credential-topics-which = Which of these was it about?
credential-own-corner = What you hear can stay with you. Your own corner is only for you.
credential-sponsor = Who gave it?
credential-sponsor-other = Somebody else
credential-exam-day = The day of the exam
credential-exam-result = How did it go?
credential-passed = Passed
credential-score = Points out of 100, if you know
credential-how-many = How many?
credential-version = Which version?
credential-version-hint = The number or the date on it.
credential-i-read = I have read it: { $name }
credential-is-true = This is true for me: { $name }
credential-number = Number on the certificate, if there is one
credential-file = A photo or file of it
credential-file-hint = A photo or a PDF, up to 10 MB. You can send it now or keep it until somebody asks.
credential-send = Send it
credential-add-diploma = Add a diploma instead
credential-add-work = Add years of work instead
credential-add-hand-in = I handed my hours in
credential-work-kind = What kind of work?
credential-said-on = You said so on
credential-read-on = Read on
credential-handed-in-on = The day you handed them in

credential-error-day = Choose the day.
credential-error-until = Choose the last day, or leave it empty.
credential-error-future = This day has not come yet. Choose a day up to today.
credential-error-order = The last day is before the first. Please look again.
credential-error-hours = Write the hours as a number, such as 6 or 1.5.
credential-error-which = Pick which one it is.
credential-error-level = Pick how far you went.
credential-error-count = Write how many, as a number.
credential-error-true = Tick this if it is true. If it is not, leave the page.
credential-error-read = Tick this when you have read it.
credential-error-version = Write the number or the date on it.
credential-error-passed = Pick how it went.
credential-error-score = Write the points as a number up to 100, or leave it empty.
credential-error-title = Write what it was called.
credential-error-large = This file is over 10 MB. A new photo is often smaller. Please choose it again.
credential-error-kind = This is not a photo or a PDF. Send a JPEG, a PNG or a PDF.
credential-error-active = There is something in this PDF that can run by itself, so it can’t come in. A photo of the page works.
credential-error-locked = This PDF is locked, so nobody can look into it. A photo of the page works.
credential-error-why = Write what is missing, so they know what to do.

# Looking at it.
credential-waiting = Waiting
credential-waiting-counts = It counts already. Somebody will look at it.
credential-accepted = Checked
credential-accepted-on = Checked on { $day }.
credential-sent-back = Sent back
credential-sent-on = Sent on { $day }
credential-typed = What was typed
credential-paper = The paper
credential-paper-none = No paper came with it.
credential-paper-alt = The photo that was sent
credential-open-file = Download it
credential-take-back = Take it back
credential-decide = Does the paper say the same?
credential-take = Yes, it is good
credential-why = If not: what is missing?
credential-why-hint = They read this. Say what would help, such as a sharper photo.
credential-send-back = Send it back
credential-queue-lead = What waits longest comes first. It counts while it waits.
credential-queue-none = Nothing to check
credential-queue-none-more = When somebody sends a paper, it shows up here.
credential-own = Yours: somebody else checks it
credential-kind-born = Birthday
credential-kind-education = School
credential-kind-experience = Work
credential-kind-attestation = What you said
credential-kind-paper = Paper
credential-kind-training = Training
credential-kind-exam = Exam
credential-kind-credit = Hours
credential-kind-acknowledgement = Reading
credential-kind-submission = Hours handed in
credential-kind-reactivation = Certificate taken up again
credential-kind-attribute = What you are as a supervisor

# The next 90 days.
credential-ahead-lead = What changes by itself in the next 90 days. A short word now saves a visit later.
credential-ahead-none = Nothing changes in 90 days
credential-ahead-none-more = When something comes to an end, it shows up here in time.
credential-ahead-ends = Yes up to the day before.
credential-ahead-changes = The answer gets better.

# Beside a note of what has happened.
credential-gate = { $ask } Not everything for that is in place yet. Keep your note as it is. Here is what is left:

# Taking it along.
credential-along = Take it along
credential-along-lead = One file with what is yours. It opens on any computer. You can get it here later too, also when you no longer work here.
credential-along-shown = { $count ->
    [one] 1 thing you have shown, { $papers } with its paper
   *[other] { $count } things you have shown, { $papers } with their papers
}
credential-along-supervision = { $count ->
    [one] 1 meeting of supervision
   *[other] { $count } meetings of supervision
}
credential-along-hours = { $hours } hours with people, by month, without any names
credential-along-file = Download it
credential-along-part = Download part { $number } of { $all }
credential-along-careful = The file is not locked. Keep it where only you can open it.
credential-along-about = What I have shown at work, the supervision I had, and my hours with people. The papers lie beside this page, under the same numbers.
credential-along-months = Hours with people, by month
