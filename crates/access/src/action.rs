//! Everything that can be done or looked at, by name.

/// Which of the two doors an action passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// A change: load, authorise, decide, save, journal.
    Command,
    /// A read of records: authorise, read, journal.
    Look,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $door:ident;)*) => {
        /// An action, as policies, the route table and the journal name it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $variant),* }

        impl Action {
            /// Every action, in the order of the matrix.
            pub const ALL: &'static [Action] = &[$(Action::$variant),*];

            /// The name in policies and the journal: `noun.verb`.
            pub fn as_str(self) -> &'static str {
                match self { $(Action::$variant => $name),* }
            }

            /// Whether even that it was done is for those who work there: a report of a danger, and what comes of it.
            pub fn stays_among_staff(self) -> bool {
                let noun = self.as_str().split('.').next().unwrap_or_default();
                matches!(noun, "safety" | "ladder" | "counsel")
            }

            /// Which door it passes.
            pub fn door(self) -> Door {
                match self { $(Action::$variant => Door::$door),* }
            }
        }
    };
}

actions! {
    /// Open a programme from a pack.
    ProgrammeOpen = "programme.open", Command;
    /// Change what the pack leaves open.
    ProgrammeChange = "programme.change", Command;
    /// Adopt a pack version from a date.
    ProgrammeAdoptPack = "programme.adopt_pack", Command;
    /// Read the programme's rules and settings.
    ProgrammeRead = "programme.read", Look;

    /// Invite somebody to work here, in a role.
    WorkerInvite = "worker.invite", Command;
    /// End somebody's role here.
    WorkerEnd = "worker.end", Command;
    /// Take the second step of signing in off somebody who lost their phone and their paper.
    WorkerForgetStep = "worker.forget_step", Command;
    /// Find somebody who does not work here and can't sign in any more.
    WayInFind = "way_in.find", Look;
    /// Make a link with which somebody sets a new password.
    WayInLink = "way_in.link", Command;
    /// Take the second step of signing in off somebody who does not work here.
    WayInForgetStep = "way_in.forget_step", Command;
    /// Say who supervises whom, and who deputises.
    WorkerNameSupervisor = "worker.name_supervisor", Command;
    /// See who works here.
    WorkerList = "worker.list", Look;

    /// Add a person, or a parent.
    PersonAdd = "person.add", Command;
    /// Change what the record says about the person.
    PersonChange = "person.change", Command;
    /// Link a child to a parent, as a minimal record.
    PersonAddChild = "person.add_child", Command;
    /// Say that two records are of one person.
    PersonLinkSame = "person.link_same", Command;
    /// Say that they are not.
    PersonUnlinkSame = "person.unlink_same", Command;
    /// Give the person a way to sign in.
    PersonInvite = "person.invite", Command;
    /// See the list of people.
    PersonList = "person.list", Look;
    /// Look for records that may be of the same person.
    PersonFindSame = "person.find_same", Look;
    /// Open one person's record.
    PersonRead = "person.read", Look;

    /// See who decides for a young person, and until when.
    GuardianRead = "guardian.read", Look;
    /// Write down when a young person was born.
    GuardianSayBirth = "guardian.say_birth", Command;
    /// Give a young person's guardian a way to sign in.
    GuardianInvite = "guardian.invite", Command;
    /// End that somebody stands up for a young person here.
    GuardianEnd = "guardian.end", Command;

    /// Begin to walk with a person.
    SupportStart = "support.start", Command;
    /// See who works here too and has nobody to walk with.
    SupportUnaccompanied = "support.unaccompanied", Look;
    /// Say who begins to walk with somebody who works here too and has nobody.
    SupportAccompany = "support.accompany", Command;
    /// Tick what was said at the first meeting.
    SupportFirstMeeting = "support.first_meeting", Command;
    /// Hand a person over to another peer specialist.
    SupportHandOver = "support.hand_over", Command;
    /// End support, with a reason and a goodbye.
    SupportEnd = "support.end", Command;

    /// See how somebody came to the programme, and by which day they are called.
    IntakeRead = "intake.read", Look;
    /// Write that down, and that the first call was made or tried.
    IntakeWrite = "intake.write", Command;

    /// Read what is known of a meeting of somebody's team, with what they want said.
    TeamMeetingRead = "team_meeting.read", Look;
    /// See the meetings about those with whom one walks.
    TeamMeetingListOwn = "team_meeting.list_own", Look;
    /// Write down when a team meets, and what came of it.
    TeamMeetingKeep = "team_meeting.keep", Command;
    /// Say what is to be said there.
    TeamMeetingSay = "team_meeting.say", Command;

    /// Say a goal in the person's own words.
    GoalSay = "goal.say", Command;
    /// Write what the plan calls a goal, the steps there and what is in the way.
    GoalPlan = "goal.plan", Command;
    /// Say that a step is done, or that it is not.
    GoalStepDone = "goal.step_done", Command;
    /// Say how near a goal feels.
    GoalRate = "goal.rate", Command;
    /// Say the goal is reached, or set it aside.
    GoalClose = "goal.close", Command;
    /// Open one goal with everything on the way there.
    GoalRead = "goal.read", Look;

    /// See what one shares so that others can be found, who could be met, and where that stands.
    PairingRead = "pairing.read", Look;
    /// Write what one shares.
    PairingWrite = "pairing.write", Command;
    /// Say whom of those suggested one would like to meet, or not.
    PairingWish = "pairing.wish", Command;
    /// Open, as one of the two, what is between them.
    PairingOpen = "pairing.open", Look;
    /// Answer, agree, say how it is, or end it, as one of the two.
    PairingAnswer = "pairing.answer", Command;
    /// See which wishes wait for whoever brings people together.
    PairingQueue = "pairing.queue", Look;
    /// Open one of them.
    PairingMeet = "pairing.meet", Look;
    /// Decide whether the other is asked.
    PairingAsk = "pairing.ask", Command;
    /// Plan the first talk, say that it was held, or that somebody was heard.
    PairingPlan = "pairing.plan", Command;
    /// See what was gone through with somebody who would like to be there for another.
    PairingReadMentor = "pairing.read_mentor", Look;
    /// Write down what was gone through with them, and when they are asked next how it is for them.
    PairingScreen = "pairing.screen", Command;
    /// See who could walk with a person, and what they have in common.
    PairingPropose = "pairing.propose", Look;

    /// Write down a plan that somebody else holds.
    PlanWrite = "plan.write", Command;
    /// See the plans that the record refers to.
    PlanRead = "plan.read", Look;

    /// Write down what a person asks for elsewhere.
    AdvocacyAsk = "advocacy.ask", Command;
    /// Write down what was tried.
    AdvocacyTry = "advocacy.try", Command;
    /// Say what came of it.
    AdvocacyClose = "advocacy.close", Command;
    /// See what a person asks for elsewhere.
    AdvocacyRead = "advocacy.read", Look;
    /// See how many people of a programme did not get what they asked for.
    AdvocacyCount = "advocacy.count", Look;

    /// Write or change the draft of a note.
    ContactDraft = "contact.draft", Command;
    /// Throw an unsigned draft away.
    ContactDiscard = "contact.discard", Command;
    /// Sign a note.
    ContactSign = "contact.sign", Command;
    /// Add to a signed note.
    ContactAdd = "contact.add", Command;
    /// Answer a note as supervisor: what went well, or a question.
    ContactAsk = "contact.ask", Command;
    /// Sign a note as supervisor.
    ContactCountersign = "contact.countersign", Command;
    /// Add the person's own words to a note about them.
    ContactOwnWords = "contact.own_words", Command;
    /// Enter the person's words as read back to them.
    ContactReadBack = "contact.read_back", Command;
    /// Open a draft.
    ContactReadDraft = "contact.read_draft", Look;
    /// Read a signed note.
    ContactRead = "contact.read", Look;
    /// Copy a signed note as text for another record system.
    ContactCopy = "contact.copy", Look;
    /// See one's own notes.
    ContactListOwn = "contact.list_own", Look;
    /// See the notes that wait for a supervisor.
    ContactQueue = "contact.queue", Look;
    /// See the visits of one person.
    ContactListOfPerson = "contact.list_of_person", Look;

    /// Book a visit.
    VisitBook = "visit.book", Command;
    /// Move it, come late to it, begin it, end it.
    VisitChange = "visit.change", Command;
    /// Call it off.
    VisitCallOff = "visit.call_off", Command;
    /// Ask for another time.
    VisitAskTime = "visit.ask_time", Command;
    /// Open one visit.
    VisitRead = "visit.read", Look;
    /// See one's visits of the coming days, as somebody who works here.
    VisitListOwn = "visit.list_own", Look;
    /// See the visits to come, as the person.
    VisitListComing = "visit.list_coming", Look;
    /// Make, renew or stop the address at which a calendar reads one's visits.
    VisitCalendar = "visit.calendar", Command;
    /// Say that all is well after a visit alone.
    VisitAnswer = "visit.answer", Command;
    /// See who went alone and has not answered.
    VisitUnanswered = "visit.unanswered", Look;
    /// Say that they are looked after.
    VisitLookAfter = "visit.look_after", Command;
    /// See whether and when one is reminded of a visit.
    VisitReadReminders = "visit.read_reminders", Look;
    /// Choose whether and when one is reminded of a visit.
    VisitRemind = "visit.remind", Command;

    /// Log work that was not with a person.
    WorkLog = "work.log", Command;
    /// See one's own time.
    WorkRead = "work.read", Look;
    /// Write when one can work.
    AvailabilityWrite = "availability.write", Command;
    /// See when one can work, as one wrote it oneself, and the hours of one's contract.
    AvailabilityRead = "availability.read", Look;
    /// See when those can work whom one supervises.
    AvailabilityTeam = "availability.team", Look;
    /// Set the hours of somebody's contract.
    AvailabilityContract = "availability.contract", Command;
    /// See one's own day.
    DayRead = "day.read", Look;

    /// Add what one can show: a training, a paper, hours, with the document behind it.
    CredentialAdd = "credential.add", Command;
    /// Take back what nobody has looked at yet.
    CredentialTakeBack = "credential.take_back", Command;
    /// See one's own answers and everything one has shown.
    CredentialRead = "credential.read", Look;
    /// Open the document behind it.
    CredentialOpen = "credential.open", Look;
    /// Take along everything one has shown, the supervision one had and the hours one served.
    CredentialTake = "credential.take", Look;
    /// See what waits to be looked at.
    CredentialQueue = "credential.queue", Look;
    /// Take what somebody has shown, or send it back with a reason.
    CredentialCheck = "credential.check", Command;
    /// See what changes for those who work here in the next days.
    CredentialAhead = "credential.ahead", Look;

    /// See one's own supervision: what comes next, the agenda, what was signed.
    SupervisionRead = "supervision.read", Look;
    /// Open one meeting.
    SupervisionOpen = "supervision.open", Look;
    /// See that supervision was held, and when.
    SupervisionTimes = "supervision.times", Look;
    /// Bring something to one's supervision.
    SupervisionBring = "supervision.bring", Command;
    /// Take it off the agenda.
    SupervisionTakeOff = "supervision.take_off", Command;
    /// Book a meeting.
    SupervisionBook = "supervision.book", Command;
    /// Move it, or call it off.
    SupervisionChange = "supervision.change", Command;
    /// Record that it was held, and sign.
    SupervisionRecord = "supervision.record", Command;
    /// Strike a record that is wrong.
    SupervisionStrike = "supervision.strike", Command;
    /// Sign as somebody who took part.
    SupervisionSign = "supervision.sign", Command;
    /// Say yes to a supervisor sitting in, once.
    SupervisionSitIn = "supervision.sit_in", Command;
    /// Take that back.
    SupervisionSitOut = "supervision.sit_out", Command;

    /// See which groups there are.
    GroupList = "group.list", Look;
    /// Begin a group, as an idea.
    GroupMake = "group.make", Command;
    /// Open a group.
    GroupRead = "group.read", Look;
    /// Change what a group says of itself, let it begin, end it.
    GroupChange = "group.change", Command;
    /// Say who leads a group or learns it.
    GroupLead = "group.lead", Command;
    /// Add somebody who comes to a group, or take them off.
    GroupPeople = "group.people", Command;
    /// Begin or end a session.
    GroupHold = "group.hold", Command;
    /// Enter who came to a session.
    GroupSignIn = "group.sign_in", Command;
    /// Open a session.
    GroupSession = "group.session", Look;
    /// Write down what a session was about.
    GroupRecord = "group.record", Command;
    /// Write a line of one's own for a member who needs one.
    GroupLine = "group.line", Command;
    /// Ask a member to keep a mutual-help group, or take that back.
    GroupHandOver = "group.hand_over", Command;
    /// See which groups one led, and how.
    GroupLed = "group.led", Look;
    /// See one's own groups, and those one may come to.
    GroupReadOwn = "group.read_own", Look;
    /// Come to a group, or come no longer.
    GroupJoin = "group.join", Command;
    /// Say yes or no to keeping a group, and what the programme may know of it.
    GroupKeep = "group.keep", Command;
    /// See where the code leads that one scanned.
    GroupHere = "group.here", Look;
    /// Sign in oneself by that code.
    GroupSignInOwn = "group.sign_in_own", Command;
    /// Ask for a letter that says when one was there.
    GroupLetter = "group.letter", Command;
    /// Read such a letter of one's own.
    GroupReadLetter = "group.read_letter", Look;

    /// Let somebody read a part of the record.
    ConsentGive = "consent.give", Command;
    /// Stop that.
    ConsentStop = "consent.stop", Command;
    /// See what is shared with whom.
    ConsentRead = "consent.read", Look;

    /// Sign a yes to copies of the record leaving the programme.
    DisclosureAgree = "disclosure.agree", Command;
    /// Take it back.
    DisclosureStop = "disclosure.stop", Command;
    /// Make a copy that leaves.
    DisclosureCopy = "disclosure.copy", Command;
    /// See what was signed and what left.
    DisclosureRead = "disclosure.read", Look;
    /// Open a copy that leaves, to print or to send it.
    DisclosureReadCopy = "disclosure.read_copy", Look;

    /// Begin to write in a tool.
    DocumentStart = "document.start", Command;
    /// Open again, at the side of somebody who has no way to sign in, what was written with them.
    DocumentOpenTogether = "document.open_together", Command;
    /// Write in what was begun.
    DocumentWrite = "document.write", Command;
    /// Bring back what stood there earlier.
    DocumentBringBack = "document.bring_back", Command;
    /// Throw it away with everything in it.
    DocumentForget = "document.forget", Command;
    /// Read it, or what is shared of it.
    DocumentRead = "document.read", Look;
    /// See which papers there are, or which are shared with oneself.
    DocumentList = "document.list", Look;

    /// Make a card that opens sections to whoever has its code.
    CardMake = "card.make", Command;
    /// Switch a card off.
    CardSwitchOff = "card.switch_off", Command;
    /// See one's cards.
    CardRead = "card.read", Look;
    /// Open a card by its code, without signing in.
    CardOpen = "card.open", Look;

    /// Let somebody read sections of what is one's own, or help to write them.
    ShareGive = "share.give", Command;
    /// Stop that.
    ShareStop = "share.stop", Command;
    /// See which sections are shared with whom.
    ShareRead = "share.read", Look;

    /// Report that somebody is, or may be, in danger.
    SafetyReport = "safety.report", Command;
    /// See the reports that are open to oneself.
    SafetyList = "safety.list", Look;
    /// Open one report.
    SafetyRead = "safety.read", Look;
    /// Note that one has seen it. It is not taken by that.
    SafetySee = "safety.see", Command;
    /// Say "I will take this".
    SafetyTake = "safety.take", Command;
    /// Hand it on to somebody else.
    SafetyHandOn = "safety.hand_on", Command;
    /// Add to a report. Nothing in it is ever changed.
    SafetyAdd = "safety.add", Command;
    /// Tick a step that the law or the programme asks for.
    SafetyStep = "safety.step", Command;
    /// Write down that a human being told the person.
    SafetyTell = "safety.tell", Command;
    /// Decide that the person is not told for now.
    SafetyWithhold = "safety.withhold", Command;
    /// Write down that somebody went back to the person, or to whoever reported.
    SafetyGoBack = "safety.go_back", Command;
    /// Close a report.
    SafetyClose = "safety.close", Command;
    /// Read a closed report as its second reader.
    SafetySecondRead = "safety.second_read", Command;
    /// Look at a report again on the day that was set for it.
    SafetyLookAgain = "safety.look_again", Command;
    /// See that there was a report about oneself, once a human being has said so.
    SafetyReadOwn = "safety.read_own", Look;

    /// See whom the ladder calls, and when the rota has a gap.
    LadderRead = "ladder.read", Look;
    /// Change the ladder or the rota, switch reports on or off.
    LadderChange = "ladder.change", Command;
    /// Make a test call.
    LadderTest = "ladder.test", Command;
    /// Open the page of a test call.
    LadderSee = "ladder.see", Look;
    /// Say that a test call came.
    LadderAnswer = "ladder.answer", Command;
    /// Practise a report.
    LadderDrill = "ladder.drill", Command;

    /// Ask one's supervisor.
    CounselAsk = "counsel.ask", Command;
    /// See what one asked, and was asked.
    CounselList = "counsel.list", Look;
    /// Open one such question.
    CounselRead = "counsel.read", Look;
    /// Answer it.
    CounselAnswer = "counsel.answer", Command;

    /// See who looked.
    LookRead = "look.read", Look;
    /// Ask why somebody looked.
    LookAsk = "look.ask", Command;
    /// Answer such a question.
    LookAnswer = "look.answer", Command;
    /// See the questions that wait for an answer.
    LookQueue = "look.queue", Look;
    /// Open what helps in an emergency, with a reason in writing.
    LookEmergency = "look.emergency", Command;
    /// Read it, for a short while.
    LookEmergencyRead = "look.emergency_read", Look;
    /// See every emergency look of the programme.
    LookEmergencyList = "look.emergency_list", Look;
    /// Read the journal of the programme, without free text.
    JournalRead = "journal.read", Look;

    /// Set a phone up to work without signal.
    DeviceMake = "device.make", Command;
    /// See one's own phones, and what can be read on them without signal.
    DeviceRead = "device.read", Look;
    /// Use a phone no more.
    DeviceEnd = "device.end", Command;
    /// See what came from one's own phone and could not be filed as it is.
    TrayRead = "tray.read", Look;
    /// Settle it.
    TraySettle = "tray.settle", Command;
    /// See that something of those one supervises waits.
    TrayTeam = "tray.team", Look;
    /// Set aside what its writer can't put right.
    TraySetAside = "tray.set_aside", Command;

    /// Change one's own account.
    AccountChange = "account.change", Command;
    /// Change how one signs in: the second step, where one is signed in.
    AccountSecure = "account.secure", Command;
    /// Remember that a word stays as it is for a person.
    WordsKeep = "words.keep", Command;
    /// Switch one's own help with words off or on.
    WordsSwitch = "words.switch", Command;
    /// Ask for help with words while writing about somebody.
    WordsAsk = "words.ask", Look;
    /// See one's own account.
    AccountRead = "account.read", Look;
}

impl Action {
    /// Reads the name in policies and the journal.
    pub fn parse(text: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.as_str() == text)
    }
}
