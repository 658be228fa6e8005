# The pieces that pages are made of.
part-summary = Please look at these again
part-change = Change
part-pages = Pages
part-newer = Newer
part-older = Older
part-saved = Draft saved
part-saving = Saving…
part-unsaved = Not saved yet. We keep trying. Please stay on this page.
part-clash = This draft was changed somewhere else too. Nothing is lost. Save to see both.
