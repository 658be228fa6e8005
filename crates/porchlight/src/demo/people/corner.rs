//! What one peer specialist wrote for herself alone.

/// Somebody's own corner.
pub struct Corner {
    pub of: &'static str,
    pub passphrase: &'static str,
    /// The tool's name in packs, and answers as in [`super::Paper`].
    pub papers: &'static [(&'static str, &'static [(&'static str, &'static str)])],
    /// Days ago, from 0 to 10, the words.
    pub energy: &'static [(i64, u8, &'static str)],
}

pub const CORNER: Corner = Corner {
    of: "Teresa Lindgren",
    passphrase: "copper kettle seven sparrows",
    papers: &[
        (
            "wellness_plan",
            &[
                ("good_day", "I hum at the sink. I answer texts the same day. I laugh at my own jokes."),
                ("strengths", "I can sit in silence with somebody."),
                ("strengths", "I ask for help before the bottom."),
                ("every_day", "Coffee on the back step before anybody needs me."),
                ("every_day", "My pills, with breakfast."),
                ("some_days", "Ice fishing with Carl, phone off."),
                (
                    "when_then",
                    "Somebody I walk with goes back to the hospital | I call my sponsor that same evening.",
                ),
                ("when_then", "Three visits in a row with no lunch | I move the third one. They understand."),
                ("signs", "I answer “fine” before the question is over."),
                ("signs_help", "A long bath, and bed at nine."),
                ("signs_people", "Carl | 555-0161 | Ask me twice."),
            ],
        ),
        (
            "crisis_plan",
            &[
                ("well_like", "I talk with my hands and I am never early."),
                ("signs_see", "I stop opening the mail."),
                ("signs_see", "I say everybody would be better off."),
                ("call_people", "Carl Lindgren | 555-0161 | Come over and sit with me."),
                ("call_people", "My sponsor, Bea | 555-0177 | She has a key."),
                ("helps_do", "Say my name. Do not say “calm down”."),
            ],
        ),
        (
            "my_story",
            &[
                ("turns", "The night nurse who sat down instead of standing in the door."),
                ("helped", "Somebody who had been there, and did not hurry."),
                ("helped", "What did not: being told that I was doing so well."),
                ("anyone_pieces", "I have been a peer specialist for six years, and in recovery for eleven."),
                ("helps_pieces", "The winter I lost the apartment | When somebody is ashamed of a shelter."),
                ("never_pieces", "What happened in Duluth."),
            ],
        ),
        (
            "telling",
            &[
                ("why", "He thinks that he is the only father who ever missed a birthday."),
                ("for_whom", "them"),
                ("piece", "That I missed two, and how I wrote the letter."),
                ("stays_mine", "Where I was."),
                ("did_for_them", "He asked to borrow a pen."),
                ("was_for_me", "Lighter than I thought. I walked home the long way."),
            ],
        ),
    ],
    energy: &[
        (11, 6, "A good week. Snow on the steps."),
        (9, 4, "Two hard visits, one after the other."),
        (6, 2, "I carried it home. Bath, bed, no phone."),
        (4, 5, "Told Bea. It helped to say it out loud."),
        (1, 7, "Fished with Carl. Caught nothing. Perfect."),
    ],
};
