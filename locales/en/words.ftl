# Help with words, below boxes where somebody writes about somebody.
words-heard = “{ $words }” is a word to look at.
words-try = You can try
words-or = or
words-use = Use this
words-use-other = Use “{ $words }”
words-keep = Keep it
words-says = That is how they say it
words-hard = This reads like grade { $grade }. Shorter sentences and words help more people.
words-on-the-child = Most of this is about the child. What did the parent want, do or feel?
words-look = A few words to look at
words-look-more = You can change them, or sign as it is. Your note is saved.
words-off-title = Help with words
words-off-more = While you write about somebody, we point out words that may hurt. Nobody else sees it.
words-is-on = It is on.
words-is-off = It is off.
words-turn-off = Turn it off
words-turn-on = Turn it on
