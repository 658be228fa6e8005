# Said once, on the page after something was done. Keys begin with flash-; a number may come as $count.
flash-saved = Saved.
flash-draft-saved = Saved. You can finish it on any of your devices.
flash-draft-discarded = The draft is gone.
flash-note-signed = Signed. The note is on file.
flash-note-added = Added. It stands beside the note.
flash-note-read = Signed. Here is what waits next.
flash-work-logged = Logged. It counts as paid time.
