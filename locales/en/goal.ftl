# What a person wants, in their own words.
goal-title = What { $name } wants
goal-keep = Keep goals
goal-say = Write down a goal
goal-words = In { $name }’s own words
goal-words-hint = One sentence, as they say it. A goal can be small.
goal-since = Since { $day }
goal-reached = { $name } says: I got there
goal-set-aside = They set it aside
goal-reached-on = Reached on { $day }
goal-set-aside-on = Set aside on { $day }
goal-before = Before
goal-error-words = Write the goal in their words first.
