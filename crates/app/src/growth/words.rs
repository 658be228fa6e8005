//! What invented people are called, and what invented notes say. No name, number or story is anybody's.

pub const FIRST: &[&str] = &[
    "Ada", "Ben", "Carmen", "Dale", "Elena", "Felix", "Gloria", "Hank", "Ines", "Jonah", "Keisha", "Lou",
    "Marta", "Nate", "Odette", "Pablo", "Quinn", "Rosa", "Sam", "Tessa", "Uri", "Vera", "Walt", "Ximena",
    "Yusuf", "Zora",
];

pub const FAMILY: &[&str] = &[
    "Abbott", "Barrera", "Calder", "Dorsey", "Eastman", "Fuentes", "Granger", "Holloway", "Ibarra", "Jessup",
    "Kessler", "Landry", "Mercado", "Norwood", "Ocampo", "Pruitt", "Quintero", "Rhodes", "Salazar", "Tilden",
    "Upshaw", "Varela", "Whitlock", "Yancey", "Zamora",
];

pub const HOURS: &[&str] =
    &["Mornings are best", "After four, not on Sundays", "Any time before eight", "Text first"];

pub const STRENGTHS: &[&str] = &[
    "Cooks for the whole street",
    "Keeps a promise",
    "Fixes anything with wheels",
    "Makes people laugh",
    "Knows every bus line",
];

pub const MATTERS: &[&str] = &[
    "My grandkids and the garden",
    "A door I can lock",
    "Getting back to work with my hands",
    "Sunday dinner with everybody there",
];

pub const SIDE: &[&str] = &["My sister", "Mr. Howell next door", "My old crew", "Pastor Lee", "My cousin"];

pub const HOW: &[&str] =
    &["picks up at night", "drives me when it rains", "sits with me", "tells me the truth"];

pub const GOALS: &[&str] = &[
    "I want my own place with a porch.",
    "I want to see my kids every week.",
    "I want to work again, three days to begin with.",
    "I want to sleep through the night.",
    "I want to finish what I started at school.",
];

pub const PLACES: &[&str] =
    &["The library, by the window", "The park at the north gate", "Coffee at Mel's", ""];

pub const DID: &[&str] = &[
    "We went through the bus times and wrote down two that fit the new shift.",
    "We filled in the form for the apartment, one page at a time.",
    "We walked around the lake and talked about the week.",
    "We called the clinic together. They had a time on Thursday.",
    "We looked at what helped last month, and kept two things of it.",
];

pub const SAW: &[&str] = &[
    "Spoke up and asked for what was needed.",
    "Stayed calm on the phone for half an hour.",
    "Had the papers ready and in order.",
    "Asked a friend for a ride, and that was new.",
];

pub const SAID: &[&str] = &[
    "I did not think I would call, and then I called.",
    "Some days I just sit on the steps. Today I went down them.",
    "If I get the shift, I can see the kids on Saturday.",
    "It helps that nobody tells me what to feel.",
    "I slept six hours. That has not happened since spring.",
];

pub const FOUND: &[&str] = &[
    "Said it was good to have it on paper.",
    "Felt tired, and glad that it is done.",
    "Wants to do it alone the next time.",
    "Was not sure yet, and that is all right.",
];

pub const NEXT: &[&str] = &[
    "We call again on Tuesday, together.",
    "Takes the form in on Friday.",
    "Tries the early bus once this week.",
    "Writes down what to ask at the clinic.",
];
