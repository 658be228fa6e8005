# What was typed when the session had ended, given back.
kept-title = We kept what you typed
kept-lead = You were signed out before it reached us. Nobody else has seen it. Send it now, or throw it away.
kept-typed = What you typed
kept-short = It was a short form, with nothing longer written in it.
kept-send = Send it now
kept-drop = I do not need it
kept-until = We keep it for one day.
