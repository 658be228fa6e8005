//! What the invented people of the demo wrote in their papers, and what they share of it.

/// One paper of somebody.
pub struct Paper {
    /// Whose, as they are called.
    pub of: &'static str,
    /// The tool's name in packs.
    pub tool: &'static str,
    /// How many days ago it was begun.
    pub days_ago: i64,
    /// Question and answer, in the order written. Of a pair or of somebody, the parts stand between bars.
    pub answers: &'static [(&'static str, &'static str)],
    /// What was written over an earlier answer later.
    pub later: &'static [(&'static str, &'static str)],
    /// To whom, which sections, for how many days, whether they write too, and whether it was stopped.
    pub shares: &'static [(&'static str, &'static [&'static str], i64, bool, bool)],
}

/// Every paper of the demo.
pub const PAPERS: &[Paper] = &[
    Paper {
        of: "Darnell",
        tool: "wellness_plan",
        days_ago: 17,
        answers: &[
            ("good_day", "I laugh. I cook for my sister on Sundays."),
            ("strengths", "Good with my hands"),
            ("strengths", "Funny"),
            ("strengths", "I show up"),
            ("every_day", "Walk before it gets dark."),
            ("every_day", "Eat something by noon, even if it is small."),
            ("every_day", "Phone in the kitchen at 10."),
            ("some_days", "A quiet Sunday with no plans."),
            ("when_then", "Loud neighbors after midnight | Headphones, then text Marisol in the morning"),
            ("when_then", "A letter from the landlord | Open it with my sister, not alone"),
            ("signs", "I stop picking up the phone."),
            ("signs", "Dishes for three days."),
            ("signs_help", "Tell one person, out loud."),
            ("signs_people", "My sister Tasha | 555-0142 | Come over and cook with me."),
        ],
        later: &[(
            "good_day",
            "I laugh. I cook for my sister on Sundays. I answer my phone, and I fix things for people.",
        )],
        shares: &[
            ("Marisol Vega", &["well", "each_day", "early_signs"], 90, true, false),
            ("Leena Patel", &["early_signs"], 30, false, true),
        ],
    },
    Paper {
        of: "Darnell",
        tool: "crisis_plan",
        days_ago: 12,
        answers: &[
            ("well_like", "I joke around. I look you in the eye."),
            ("signs_see", "I have not slept for two nights and I keep pacing."),
            ("call_people", "Tasha, my sister | 555-0142 | Come and stay."),
            ("call_people", "Marisol, my peer | 555-0150 | Talk to me before anybody decides."),
            ("not_called_people", "My cousin Ray"),
            ("helps_do", "Speak low. Sit down with me."),
            ("helps_do", "Let me keep my headphones."),
            ("harms_do", "Do not grab my arm."),
            ("stay_where", "The respite house on Elm Street"),
            ("over_signs", "I slept, I ate, and I can say what day it is."),
        ],
        later: &[],
        shares: &[("Leena Patel", &["call", "helps", "harms"], 90, false, false)],
    },
    Paper {
        of: "Rosa",
        tool: "wellness_page",
        days_ago: 8,
        answers: &[
            ("green_looks", "Canto cuando coso. Hablo con mi nieta por teléfono."),
            ("green_keep", "Salir a misa los domingos"),
            ("yellow_looks", "No abro las cortinas"),
            ("yellow_do", "No duermo | Té y la radio bajita, y llamar a mi hija"),
        ],
        later: &[],
        shares: &[],
    },
    Paper {
        of: "Angela",
        tool: "family_wellness_plan",
        days_ago: 10,
        answers: &[
            ("family_strong", "We eat together, even late"),
            ("family_strong", "Marcus makes all of us laugh"),
            ("children_strong", "Marcus can take anything apart and put it back together."),
            ("each_day", "Ten minutes on the porch, no phones."),
            ("for_me", "Walk around the block while my mother sits with him."),
            ("when_then", "He comes home quiet | Snack first, questions later"),
            ("people", "My mother | 555-0163 | Sit with Marcus."),
        ],
        later: &[],
        shares: &[("Keisha Monroe", &["strong", "well"], 90, true, false)],
    },
    Paper {
        of: "Walt",
        tool: "family_hard_days",
        days_ago: 3,
        answers: &[
            ("child_signs", "She goes under the table."),
            ("child_calm", "She goes under the table | I sit on the floor near her and wait."),
            ("call_people", "My neighbor June | 555-0171 | Come sit with the little one."),
        ],
        later: &[],
        shares: &[],
    },
];
