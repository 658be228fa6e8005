# The second step of signing in: setting it up, codes for paper, taking it off.
second-step-title = A second step to sign in
second-step-by = Your program asks you to set up a second step to sign in by { $day }.
second-step-see = See how
second-step-later = You can put it off until then.
second-step-may = You may add a second step. Nobody asks you to.
second-step-first = Please set this up first.
second-step-first-more = Your program asks it of everyone who works here. It takes about two minutes. Then you go on. Help now, Tell someone and your own corner work as always.
second-step-what = You sign in with your password as before. Then you type six digits that an app on your phone shows.
second-step-why = If somebody learns your password, they still can't open what people trusted you with.
second-step-set-up = Set it up
second-step-not-now = Not now
second-step-on = Your second step is set up.
second-step-since = Since { $day }.
second-step-paper = Codes on paper
second-step-left = { $count ->
    [0] No codes are left on your paper.
    [one] One code is left on your paper.
   *[other] { $count } codes are left on your paper.
}
second-step-paper-more = Each opens once, when your phone is lost or empty. With new codes, the old paper opens nothing any more.
second-step-codes-new = Make new codes
second-step-other-app = Move it to another phone or app
second-step-off = Take the second step off
second-step-off-more = Then your password stands alone. It needs at least 15 characters for that.
second-step-off-go = Take it off
second-step-new = Set up the second step
second-step-one = 1. Get an app
second-step-one-more = Any app for sign-in codes works. Many phones have one: look in your passwords. It needs no signal.
second-step-two = 2. Scan this with the app
second-step-two-more = In the app, add an account. Then point the camera here.
second-step-scan = A code to scan with the app
second-step-type = Or type these letters into the app:
second-step-three = 3. Type what the app shows
second-step-code = Six digits
second-step-code-hint = They change every half a minute.
second-step-go = Set it up
second-step-error-code = These digits do not fit. Wait until the app shows new ones, and type those. Is your phone's clock right?
second-step-codes = Ten codes for paper
second-step-codes-lead = Your phone may get lost. Then each of these opens once, in place of the six digits.
second-step-codes-once = We show these only now.
second-step-codes-keep = Print them or write them down. Keep the paper where you keep your keys, not in your phone.
second-step-codes-done = I have them
second-step-codes-shown = These codes were shown before. We do not keep them. If you do not have them, make new ones.
second-step-forget = They lost their phone and their paper
second-step-forget-more = This takes their second step off and signs them out everywhere. First make sure that it is them. They sign in with their password, then set it up again.
second-step-forget-go = Take it off
second-step-passkey = A passkey does the same: your phone or a key, unlocked with your finger, your face or a PIN. You find it on your account page.
