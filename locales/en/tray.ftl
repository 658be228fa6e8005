# What came from phones and could not be filed as it is.
tray-title = From your phone
tray-lead = This reached us and is safe. It needs you before it can be filed.
tray-empty = Nothing waits here
tray-empty-more = All that you wrote without signal is where it belongs.
tray-closed = You can no longer write there
tray-closed-then = Somebody stopped sharing, or somebody else walks with them now. Your supervisor is told that something waits, not what it says. Once that is settled, try again.
tray-clash = It was changed somewhere else too
tray-clash-then = Open it to see both texts. You choose what stays.
tray-to-put-right = Something is to be put right
tray-to-put-right-then = Open it to see what. Every word is still there.
tray-ended = It came after your time here ended
tray-ended-then = A supervisor was told that something waits, not what it says.
tray-written = Written: { $when }, by the clock of your phone.
tray-open = Open it and try again
tray-settled = It is settled
tray-settled-more = Then it leaves this list. It stays sealed, and out of the record.
tray-team = From the phones of your team
tray-team-lead = Something that one of them wrote without signal can't be filed. You see whose it is, not what it says. Talk with them.
tray-team-empty = Nothing that your team wrote without signal needs you.
tray-of = From { $name }
tray-team-closed = They can no longer write there. If they should, name them again for that person; then they try again.
tray-team-ended = It came after their time here had ended, or from a phone that is used no more.
tray-came = It came: { $when }.
tray-reason = Why it stays out of the record
tray-reason-hint = What you two agreed. Leave out what the note says.
tray-reason-missing = Write why, so that it can be understood later.
tray-reason-long = That is too long. Write it in 500 characters.
tray-aside = Keep it out of the record
tray-some = { $count ->
    [one] One thing from a phone waits
   *[other] { $count } things from phones wait
  }
tray-some-more = It needs a look before it can be filed
