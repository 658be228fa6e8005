# Single sign-on: signing in by the agency's own provider, and linking one's account with it.
single-sign-on-title = Sign in with { $name }
single-sign-on-lead = Link your account here with { $name }. Then you sign in there and come in here. You type no password for Porchlight.
single-sign-on-told = We ask { $name } only for a mark that is yours. We get no name and no e-mail address from it. It learns when you sign in here, and nothing of what you do.
single-sign-on-who = Whoever runs { $name } could sign in there as you. A second step of your own keeps them out here.
single-sign-on-who-both = Whoever runs { $name } could sign in there as you, and get in here.
single-sign-on-go = Sign in with { $name } from now on
single-sign-on-since = Linked: { $day }.
single-sign-on-unused = Not used yet.
single-sign-on-remove = Take it off
single-sign-on-password = Your password and your passkeys work as before.
single-sign-on-sign-in = Sign in with { $name }
single-sign-on-onward-title = On to { $name }
single-sign-on-onward = You leave Porchlight for a moment. { $name } asks who you are. Then you come back here.
single-sign-on-onward-go = Go on to { $name }
single-sign-on-onward-back = Stay here
