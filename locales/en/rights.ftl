# Rights and the limits of privacy; the sentences themselves come from the pack.
rights-title = What you can count on
rights-yours = Your rights
rights-privacy = What can't stay private
