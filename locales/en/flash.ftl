# Said once, on the page after something was done. Keys begin with flash-; a number may come as $count.
flash-saved = Saved.
flash-goal-said = Your goal is here. Your words, as you said them.
flash-goal-reached = You got there. It stays on your page.
flash-goal-set-aside = Set aside. You can say it again any time.
flash-goal-closed-before = That goal was closed before. Nothing else changed.
flash-words-added = Your words are kept beside this note.
flash-words-differently = It is kept that you see it differently. Nobody can take it away.
flash-look-asked = Sent. The privacy lead will answer you here.
flash-choice-agreed = Done. You can stop it any time.
flash-choice-stopped = Stopped. They can no longer open it.
