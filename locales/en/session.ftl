# The second step of signing in, where one is signed in, and showing again that it is you.
session-code-title = One more step
session-code-lead = Your password is right. Now show that you have your phone or your paper with you.
session-code = Code
session-code-hint = The six digits that your app shows now. Or one of the codes on your paper.
session-code-go = Go on
session-code-lost = Did you lose both? Ask your program. Somebody there can take this step off.
session-code-back = Start again
session-list = Where you are signed in
session-list-lead = Is there a device here that you do not know? Sign it out. Then change your password.
session-list-more = We keep no address and no place. Each device is signed out by itself after a quiet time.
session-unknown = A browser we do not know
session-since = Signed in: { $day }.
session-seen = Last used: { $day }.
session-shared = Others use it too.
session-this = This one
session-end = Sign out
session-end-others = Sign out everywhere else
session-only = You are signed in only here.
session-prove-title = Please show that it is you
session-prove-lead = This step matters, and you showed who you are more than { $minutes } minutes ago. Somebody else could be at your screen.
session-prove-field = Your password
session-prove-hint = Or a code of your second step, if you have one.
session-prove-go = Go on
session-prove-safe = What you typed is safe. It goes on from here.
session-error-code = This code does not fit. Wait for the next one and type it. Each code works once.
session-error-wait = There were too many tries. Wait { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}, then try again.
session-error-prove = This does not fit. Type the password you sign in with.
