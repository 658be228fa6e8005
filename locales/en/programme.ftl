# Setting up a programme: the pack, what is still missing, rules, choices.
programme-list = Programs
programme-none = No program yet
programme-none-more = Open your first one from your state's pack. It takes about ten minutes.
programme-open = Open a program
programme-pick = Which pack fits this program?
programme-pick-lead = A pack holds what a state asks of peer support, with the source of each rule. You can be stricter, and you can change the open choices later.
programme-use = Use this pack
programme-other-pack = Choose another pack
programme-version = Version { $version }
programme-pack-version = { $pack }, version { $version }
programme-about-family = For parents and caregivers. The parent is the person you walk with, and it speaks of resilience.
programme-about-recovery = For adults on their own way. It speaks of recovery.
programme-about-resilience = For adults on their own way. It speaks of resilience.
programme-documents = { $count ->
    [one] 1 document it comes from
   *[other] { $count } documents it comes from
}
programme-to-check = { $count ->
    [one] 1 choice nobody has confirmed yet
   *[other] { $count } choices nobody has confirmed yet
}
programme-new = Open a program
programme-basics = The program
programme-name = Name of the program
programme-name-hint = As people know it. They see it when they sign in.
programme-zone = Time zone
programme-zone-hint = Visits and due times are shown in it. It can't be changed later.
programme-zone-eastern = Eastern (New York, Atlanta)
programme-zone-central = Central (Chicago, Birmingham)
programme-zone-mountain = Mountain (Denver)
programme-zone-arizona = Arizona (Phoenix)
programme-zone-pacific = Pacific (Los Angeles)
programme-zone-alaska = Alaska (Anchorage)
programme-zone-hawaii = Hawaii (Honolulu)
programme-zone-atlantic = Atlantic (Puerto Rico)
programme-zone-guam = Guam
programme-choose = Choose one
programme-group-notes = Notes
programme-group-notes-hint = When a note is due, and who signs.
programme-group-service = Counting time
programme-group-service-hint = How minutes become units for whoever pays.
programme-group-support = Who is responsible
programme-group-support-hint = Who stands behind each person you support.
programme-group-young = Young people
programme-group-young-hint = At which age a young person decides alone. A guardian can see less from that birthday on.
programme-group-workers = Training, supervision, renewal
programme-group-workers-hint = What your state leaves open. Choose once.
programme-group-worker-musts = What your program always asks of workers
programme-group-worker-musts-hint = Your pack only suggests these. Tick one, and work that needs it waits for it.
programme-group-musts = What a note always has
programme-group-musts-hint = Your pack suggests these. Tick one and no note can be signed without it.
programme-default = The pack says: { $default }.
programme-needs-checking = Needs checking
programme-checked = We checked this for our program
programme-strength-must = Must
programme-strength-should = Should
programme-strength-recommended = Recommended
programme-strength-preferred = Good to have
programme-yes = Yes
programme-no = No
programme-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
programme-years = { $years ->
    [one] 1 year
   *[other] { $years } years
}
programme-people = { $people ->
    [0] No number
    [one] 1 person
   *[other] { $people } people
}
programme-error-name = Write the name of the program.
programme-error-name-long = This name is too long. Use 200 letters or fewer.
programme-error-zone = Choose the time zone of the place.
programme-error-from = Choose today or a later day. What was written before keeps the rules of its day.
programme-fault-range = “{ $name }”: write a whole number from { $min } to { $max }.
programme-fault-choice = “{ $name }”: choose one of those shown.
programme-fault-closed = “{ $name }”: the pack sets this, so it stays as it is.
programme-fault-late = A note can't be late before it is due. Choose at least { $days ->
    [one] 1 day
   *[other] { $days } days
}, or a shorter time until it is due.
programme-fault-looser = “{ $name }”: the pack requires “{ $default }”. Please keep that.
programme-fault-looser-lower = “{ $name }”: the pack requires { $default }. You may choose less, not more.
programme-fault-looser-higher = “{ $name }”: the pack requires { $default }. You may choose more, not less.
programme-steps = Getting ready
programme-ready = All in place
programme-left = { $count ->
    [one] 1 step left
   *[other] { $count } steps left
}
programme-done = Done
programme-to-do = To do
programme-for = For { $names }
programme-step-peers = Invite who walks with people
programme-step-supervisor = Invite a supervisor
programme-step-supervised = Name a supervisor for each
programme-step-deputies = Name a deputy for each supervisor
programme-step-privacy = Invite a privacy lead
programme-step-choices = Confirm the open choices
programme-step-person = Add the first person
programme-why-peers = Peer specialists, each with their own sign-in.
programme-why-supervisor = Somebody who reads notes and answers.
programme-why-supervised = So that every note has a reader.
programme-why-deputies = So that nothing waits while one is away.
programme-why-privacy = Answers when somebody asks who looked, and why.
programme-why-choices = Every open choice has an answer.
programme-why-person = A peer specialist or a supervisor does this, with the person.
programme-keep = Look after it
programme-keep-workers = Invite, name supervisors and deputies
programme-keep-rules = In plain words, with their sources
programme-keep-settings = What the pack leaves to you
programme-keep-pack = Adopt a newer one, see the history
programme-newer = Version { $version } of your pack is here.
programme-newer-more = Nothing changes until you adopt it, from a day you choose.
programme-alone = One supervisor carries this program alone.
programme-alone-more = While they are away, nobody answers notes. Peers still sign their own, and nothing is lost. Invite a second person who may supervise.
programme-day-clear = Nothing waits for you
programme-day-clear-more = The program has all it needs. It is a good day to ask somebody how they are.
programme-day-open = See the program
programme-day-waits = This needs you
programme-rules = The rules here
programme-rules-note = What a note asks
programme-rules-note-lead = Only what says “Must” is needed before signing. The rest reminds.
programme-rules-values = Times, units and who is responsible
programme-rules-meeting = At the first meeting
programme-rules-meeting-lead = What to say, in words you may use or change.
programme-rules-titles = Titles and what they do
programme-rules-titles-lead = What your pack calls people who work here.
programme-own-choice = Your program chose this
programme-settings = Choices
programme-settings-lead = You may be stricter than the pack. What you choose holds from now on; notes already signed keep the rules of their day.
programme-save = Save choices
programme-clash = Somebody else changed these choices while you were here
programme-clash-do = Nothing of yours is lost. Compare below. Saving again puts yours in place of theirs.
programme-clash-both = Saved now: { $now }. Yours: { $yours }.
programme-pack = Pack versions
programme-pack-now = Version { $version } is in force today.
programme-adopt = Adopt version { $version }
programme-adopt-lead = Notes, choices and titles follow the new version from the day you choose. What was signed before keeps its own.
programme-changes = What it changes
programme-changes-none = No words and no rules. Only remarks in its files.
programme-change-new = New
programme-change-changed = Changed
programme-change-gone = No longer there
programme-part-word = Words
programme-part-title = Titles
programme-part-contact-kind = Ways to meet
programme-part-place = Places
programme-part-purpose = What a visit is for
programme-part-present = Who else can be there
programme-part-next-step = What comes next
programme-part-learning = Places to learn from
programme-part-advocacy = What people ask for elsewhere
programme-part-growing = What children of an age are still learning
programme-part-skill = Skills to look at together
programme-part-common-ground = What people who meet can share
programme-part-ground-rule = What people who meet agree to
programme-part-mentor-step = Before somebody is there for another
programme-part-supervision-topic = Topics of supervision
programme-part-activity = What people do together
programme-part-work-kind = Work without a person
programme-part-note = What a note asks
programme-part-support = Walking with somebody
programme-part-first-meeting = The first meeting
programme-part-role-card = The card about peer support
programme-part-privacy = What can’t stay private
programme-part-right = Rights
programme-part-help-line = Numbers to call
programme-part-ladder = The ladder to start from
programme-part-safety-step = Steps after a safety report
programme-part-tool = Tools
programme-part-goal-area = What goals are about
programme-part-group-guide = Guides for groups
programme-part-question = Questions about workers
programme-part-requirement = What a worker needs
programme-part-topic = Topics of training
programme-part-setting = Choices
programme-adopt-from = From which day?
programme-adopt-hint = Today or later. A day ahead gives you time to tell the team.
programme-adopt-do = Adopt it
programme-newest = You have the newest version.
programme-newest-more = When a newer one comes with an update, it shows here and waits for you.
programme-history = What was adopted
programme-since = From { $day }
programme-in-force = In force
programme-ahead = Not yet
programme-adopted-by = Adopted by { $name }
programme-measures = Measures
programme-keep-measures = Questions of other owners, and their permission
programme-measures-lead = Published questions belong to those who made them. People see them here only when the owner allows it, and when your pack has the questions.
programme-measure-free = Free to use
programme-measure-asks = Needs a permission
programme-measure-permitted = Permission on file
programme-measure-lapsed = The permission is not in force
programme-measure-never = Never offered here
programme-measure-here = Your pack has its questions.
programme-measure-absent = Your pack does not have its questions yet.
programme-measure-given = { $name } gave permission on { $day }.
programme-measure-until = It holds until { $day }.
programme-measure-kept = The paper is here: { $place }
programme-measure-record = Record a permission
programme-measure-by = Who gave it?
programme-measure-on = On which day?
programme-measure-ends = Its last day
programme-measure-where = Where is the paper kept?
programme-measure-where-hint = So that somebody else can find it.
programme-measure-keep = Put it on file
programme-measure-remove = Take it off file
programme-measure-error-by = Write who gave the permission.
programme-measure-error-on = Write the day it was given.
programme-measure-error-until = Its last day comes after the day it was given.
programme-measure-error-kept = Write where the paper is kept.
programme-measure-error-long = This is too long. Keep it under 2,000 characters.
