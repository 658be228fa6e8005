# A way back in: a forgotten password, the link that sets a new one, a mailbox that is confirmed, and inviting by e-mail.
way-in-forgot = You can't sign in
way-in-by-mail = By e-mail
way-in-by-mail-more = This works if you showed us before that a mailbox is yours. You find that on your account page, under “How to reach you”.
way-in-by-mail-go = Send me a link
way-in-sent = If this name has a mailbox with us, a letter is on its way.
way-in-sent-more = It can take a few minutes. We say the same to everybody, so that nobody learns which names there are. If nothing comes, go on below.
way-in-else = Or ask your program
way-in-ask = Ask your program
way-in-ask-more = You need no e-mail and no phone for this.
way-in-ask-one = Go or call there. Say that you can't sign in.
way-in-ask-two = Whoever runs the program makes sure that it is you. Then they give you a link on paper or on a screen.
way-in-ask-three = You open it and choose a new password. If you forgot your sign-in name, you choose a new one too.
way-in-ask-who = Only whoever runs the program can do this. The person who walks with you can't. They can help you to ask.
way-in-help = Help now works without signing in.
way-in-set = Choose a new password
way-in-set-lead = With this page you get back into your account. Nobody else sees what you choose.
way-in-set-ends = You are signed out everywhere else.
way-in-set-step = Then we ask for your second step, as always.
way-in-set-go = Save and sign in
way-in-new-name = New sign-in name
way-in-new-name-hint = Only if you forgot the one you have. Leave it empty to keep it.
way-in-mailbox = Is this mailbox yours?
way-in-mailbox-lead = Somebody wrote down this mailbox on their account page.
way-in-mailbox-alone = Say yes only if nobody else can read it. With it you can set a new password when you forget yours.
way-in-mailbox-go = Yes, and only I read it
way-in-mailbox-not = If it was not you, close this page. Nothing happens then. If others read this mailbox too, you can still get notices there.
way-in-find = Help somebody sign in
way-in-find-lead = For somebody you support, or who stands at their side, and who is with you now or on the phone. We show only whether there is such an account.
way-in-find-hint = If they remember it.
way-in-find-go = Look
way-in-or = Or their whole name
way-in-called = What they are called
way-in-called-hint = As it stands on their page here.
way-in-family = Family name
way-in-error-find = Type their sign-in name, or both parts of their name.
way-in-team = For somebody who works here, open them on the team page.
way-in-nobody = We found nobody who can sign in here.
way-in-nobody-more = Check how it is written. Somebody without an account gets an invitation from whoever walks with them.
way-in-sure = First make sure that it is them.
way-in-sure-more = Whoever has the link gets in. If you do not know them, ask somebody who does. They are told that you did this.
way-in-since = Account since { $day }.
way-in-walks = { $names } can say whether it is them.
way-in-make = Make a link for a new password
way-in-worker = They forgot their name or password
way-in-worker-more = This makes a link that you hand to them. First make sure that it is them. They choose a new password. Their second step stays.
way-in-for = A new password for { $name }
way-in-shown = This link was shown before
way-in-shown-do = It can't be shown again, to keep it safe. If it got lost, make a new one.
way-in-how = Open this address on your phone or any computer. Choose a new password there.
way-in-scan = A code to scan with the camera of a phone
way-in-once = { $hours ->
    [one] It works once, within one hour.
   *[other] It works once, within { $hours } hours.
} Keep it to yourself.
way-in-once-more = Print it or show it to them. If it gets lost, make a new one. Then the old one opens nothing.
way-in-told = Their page tells them that this link was made, and where they can be reached, a notice does too.
way-in-mailed = It went to their mailbox too.
way-in-mailed-more = It is the one that they showed us is theirs.
way-in-not-mailed = The e-mail could not be sent.
way-in-not-mailed-do = Give them the link that stands here.
way-in-elsewhere = Whoever runs the agency does this
way-in-elsewhere-why = This account belongs to more than this program.
way-in-elsewhere-do = Ask whoever runs the whole agency to make the link. They find this person on your team page or by their name, too.
way-in-invite-email = Their e-mail address
way-in-invite-email-hint = You may leave it empty. Then you get a link to hand over. The letter holds the link and no name.
way-in-invite-person-hint = Only if they want it, and nobody else reads their mail. Else leave it empty. The letter holds the link and no name.
way-in-invite-lang = Language of the letter
way-in-invite-sent = The invitation is on its way.
way-in-invite-sent-more = { $days ->
    [one] The letter holds a link. It works once, within one day.
   *[other] The letter holds a link. It works once, within { $days } days.
} If it does not come, invite them again.
