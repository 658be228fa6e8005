# Said once, on the page after something was done. Keys begin with flash-; a number may come as $count.
flash-saved = Saved.
flash-programme-opened = The program is open. Here is what to do next.
flash-programme-adopted = Adopted. It holds from the day you chose.
flash-worker-supervisor = Saved. They know whom to call.
flash-worker-deputy = Saved. Somebody stands in now.
flash-worker-ended = The role has ended.
flash-question-answered = Sent. They can read your answer now.
flash-question-before = Somebody answered this before you.
flash-draft-saved = Saved. You can finish it on any of your devices.
flash-draft-discarded = The draft is gone.
flash-note-signed = Signed. The note is on file.
flash-note-added = Added. It stands beside the note.
flash-note-read = Signed. Here is what waits next.
flash-work-logged = Logged. It counts as paid time.
