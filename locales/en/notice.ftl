# What is said outside of the pages: on a locked screen, in a mailbox, by a voice. No name, nothing about anybody.

notice-report-title = Porchlight: please look now
notice-report-body = A safety report waits for someone to take it. Please look now:
notice-report-spoken = This is Porchlight. A safety report waits for someone to take it. Please open Porchlight now.

notice-practice-title = PRACTICE: Porchlight, please look
notice-practice-body = PRACTICE, nobody is in danger. Please look now, as you would for real:
notice-practice-spoken = This is a practice. Nobody is in danger. Please open Porchlight now, as you would for real. This is a practice.

notice-test-title = Porchlight: a test for you
notice-test-body = This is a test. Nothing has happened. Open this to show that it reached you:
notice-test-spoken = This is Porchlight with a test call. Nothing has happened.

notice-taken-title = Porchlight: someone has it
notice-taken-body = Someone has taken the safety report you were called for. You can read on here:
notice-taken-spoken = This is Porchlight. Someone has taken the safety report you were called for.

notice-question-title = Porchlight: a question for you
notice-question-body = Someone you work with has asked you a question. Please look today:
notice-question-spoken = This is Porchlight. Someone you work with has asked you a question. Please look today.

notice-all-right-title = Porchlight: are you all right?
notice-all-right-body = You asked us to check with you. Are you all right? One tap answers:
notice-all-right-spoken = This is Porchlight. You asked us to check with you. Please open Porchlight and tell us that you are all right.

notice-no-answer-title = Porchlight: someone has not answered
notice-no-answer-body = Someone you look after has not answered. Please look now and call them:
notice-no-answer-spoken = This is Porchlight. Someone you look after has not answered. Please open Porchlight now and call them.

notice-soon-title = Porchlight: coming up
notice-soon-body = Something you planned comes up soon. Look here:
notice-soon-spoken = This is Porchlight. Something you planned comes up soon.

notice-invitation-title = Porchlight: your invitation
notice-invitation-body = You are invited to Porchlight. Open this link to begin:
notice-invitation-spoken = This is Porchlight. An invitation waits for you.

notice-new-password-title = Porchlight: a new password
notice-new-password-body = With this link you set a new password. It works once, within a day:
notice-new-password-spoken = This is Porchlight. A link for a new password waits for you.

notice-mailbox-title = Porchlight: is this mailbox yours?
notice-mailbox-body = Somebody wrote down this mailbox in Porchlight. If it was you, open this:
notice-mailbox-spoken = This is Porchlight. Please confirm your mailbox.

notice-sign-in-title = Porchlight: about your sign-in
notice-sign-in-body = Something happened to how you sign in. If it was not you, please look now:
notice-sign-in-spoken = This is Porchlight. Something happened to how you sign in. Please look if it was not you.

notice-reminder-title = Porchlight: something waits for you
notice-reminder-body = Something waits for you in Porchlight. There is no rush:
notice-reminder-spoken = This is Porchlight. Something waits for you. There is no rush.

notice-letter-why = This message says no more on purpose, since others may see it. Please do not answer it: nobody reads what is sent here.
notice-press-key = Please press 1 to show that you heard this.
notice-key-pressed = Thank you. Now please open Porchlight.
