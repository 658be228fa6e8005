# Passkeys: one's own, and signing in with one.
passkey-title = Passkeys
passkey-lead = With a passkey you sign in by your phone, your computer or a key, as you unlock it: with your finger, your face or a PIN. You type no password.
passkey-none = You have none yet. Nobody asks you to.
passkey-new = Add a passkey
passkey-new-what = Your device asks you to unlock it. It then keeps a passkey for Porchlight, with two letters of your name. Your finger and your face stay on the device.
passkey-new-own = Do this only on a device that nobody else can unlock. Whoever can unlock it gets in.
passkey-new-go = Make it on this device
passkey-cannot = This did not work here.
passkey-cannot-more = This browser or this address can't make a passkey, or it was stopped. Try again, or try another browser. Your password works as always.
passkey-since = Made: { $day }.
passkey-unused = Not used yet.
passkey-remove = Remove
passkey-password = Your password still works. If you work here, we ask for the passkey or a code after it. A page that looks like ours gets nothing from a passkey.
passkey-sign-in = Sign in with a passkey
passkey-prove = Show it with a passkey
passkey-not-shown = That did not work. Try again, or use your password.
passkey-error = This passkey did not fit. Try again, or use your password.
