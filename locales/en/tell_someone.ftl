# Whom somebody who works here calls when something can't wait.
tell-someone-title = Tell someone now
tell-someone-lead = If something worries you, you do not have to carry it alone. Call, even if you are not sure.
tell-someone-whom = Whom to call here
tell-someone-nobody = Nobody is named for you to call here yet. Call your program's office, and ask your administrator to name someone.
tell-someone-no-number = No number on file
tell-someone-next = No answer? Call the next one. You can also call a line below.
tell-someone-privacy = What can't stay private
tell-someone-privacy-more = This is what the people you walk with were told:
tell-someone-trace = Opening this page leaves no trace.
tell-someone-trace-more = Nothing is sent and nothing is written down. Only your call counts.
tell-someone-waits = A safety report waits for someone
tell-someone-again = A report to look at again
tell-someone-minute = Is someone hurt or about to be, this minute?
tell-someone-minute-yes = Yes
tell-someone-minute-no = No, but I am worried
tell-someone-minute-more = You can call 988 or text 988 at any time, for anyone.
