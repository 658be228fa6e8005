# Help now: works signed out.
help-now-title = Help now
help-now-lead = You do not have to do this alone. Someone can talk with you right now.
help-now-danger = Is someone in danger right now?
help-now-call = Call { $number }
help-now-text = Text { $number }
help-now-private = Nobody here sees that you opened this page.
help-now-private-more = Your phone may still list it in its history, and a call may show on the phone bill.
help-now-people = Your people
help-now-walks = Who walks with you
