# What a person shares with whom.
share-title = What { $name } shares
share-link = What they share
share-link-note = With whom, and until when
share-lead = The team reads nothing unless they say yes. Write it down as they say it. They can stop it any time, and it stops at once.
share-none = { $name } shares nothing right now.
share-line = { $name } may read: { $part }
share-until = Until { $day }
share-stopped = Stopped on { $day }
share-stop = Stop
share-give = Say yes to somebody
share-reader = Who may read it, as { $name } says?
share-part = What may they read?
share-part-profile = The first page: who they are
share-part-notes = Signed notes of visits
share-how-long = For how long?
share-days = { $days ->
    [365] One year
   *[other] { $days } days
}
share-agree = { $name } says yes
share-no-team = There is nobody on the team to share with yet.
share-past = Before
share-error-reader = Choose who may read it.
share-error-part = Choose what they may read.
share-error-days = Choose for how long.
