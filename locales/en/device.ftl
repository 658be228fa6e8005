# Phones that work without signal.
device-title = This phone without signal
device-lead = Your phone can keep today's pages and take what you write when there is no signal. You open them with a PIN.
device-days = It keeps pages to read for { $days ->
    [one] one day
   *[other] { $days } days
  } after it last had a signal.
device-written = What you write stays on the phone until we have it. It goes out by itself.
device-five = Five wrong PINs close it. What you wrote is still sent.
device-no-script = This needs scripts, which are off in your browser.
device-set-up = Get this phone ready
device-pin = PIN
device-pin-hint = 6 to 12 digits. Not the PIN of your phone.
device-pin-again = The PIN again
device-pin-weak = Use 6 to 12 digits that are not all the same and not in a row.
device-pin-differ = The two PINs are not the same. Type both again.
device-pin-wrong = That is not it. Tries left:
device-others = Somebody else's words wait on this phone. They sign in first, so that nothing is lost.
device-failed = That did not reach us. Try again when you have a signal.
device-set-up-yes = Get it ready
device-ready = This phone is ready
device-ready-more = Without signal, open Porchlight as always.
device-open = Open what is on this phone
device-off = Take everything off this phone
device-waits = Something you wrote still waits on this phone. Wait until it is sent.
device-list = Your phones
device-since = Ready since { $day }
device-heard = Last heard of: { $when }.
device-waited = { $count ->
    [one] One thing waited on it then.
   *[other] { $count } things waited on it then.
  }
device-lost = I lost it
device-lost-more = A lost phone throws its pages away when it next has a signal. What you wrote on it still comes in.
device-waiting = Not sent yet
device-waits-more = This goes out by itself when there is a signal. Tap it to change it.
device-sent = Sent
device-look = Sent. It needs a look from you.
device-offline = On this phone
device-no-signal = No signal.
device-no-signal-more = You can read what is here, and write.
device-needs-signal = This needs a signal. What is on this phone is listed below.
device-kept = Kept on this phone.
device-kept-more = It goes out by itself when there is a signal.
device-none = This phone was not made ready. When you have a signal, sign in and open “This phone without signal” in your account.
device-closed = This phone is closed
device-closed-more = What could be read here is gone. What you wrote is safe and is sent when you sign in. Then choose a new PIN.
device-set-up-again = Get it ready again
