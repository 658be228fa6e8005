# Work without a person, and one's own time.
work-title = My time
work-paid = All of it is paid time.
work-log = Log work without a person
work-kind = What was it?
work-need-kind = Pick what kind of work it was.
work-start = Start
work-end = End
work-words = Add a line. Never about a person.
work-save = Log it
work-since = Since { $day }
work-all = in all
work-with-people = with people
work-other = other work
work-yours = You see these before anyone else does. Time with people counts once its note is signed.
work-list = Other work
work-none = Nothing logged yet.
