# The frame around every page.
layout-skip = Skip to main content
layout-error = Error:
layout-back = Back
layout-leave = Leave fast
layout-account = { $initials }, your account
layout-nav = Main
layout-waiting = waiting
layout-theme = Colors:
layout-theme-device = Like my device
layout-theme-light = Light
layout-theme-dark = Dark
layout-type-large = Larger type
layout-type-normal = Smaller type
layout-aloud = Read aloud
layout-aloud-stop = Stop reading
