# Said once, on the page after something was done. Keys begin with flash-; a number may come as $count.
flash-saved = Saved.
flash-programme-opened = The program is open. Here is what to do next.
flash-programme-adopted = Adopted. It holds from the day you chose.
flash-worker-supervisor = Saved. They know whom to call.
flash-worker-deputy = Saved. Somebody stands in now.
flash-worker-ended = The role has ended.
flash-question-answered = Sent. They can read your answer now.
flash-question-before = Somebody answered this before you.
flash-signed-out = You are signed out.
flash-password-changed = Your password is changed.
flash-kept-dropped = Thrown away.
