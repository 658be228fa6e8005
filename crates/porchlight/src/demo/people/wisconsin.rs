//! Adults in Wisconsin, and who walks with them.

use super::*;

pub const WISCONSIN: Programme = Programme {
    name: "Basswood Recovery Circle",
    pack: "us-wi-adult",
    zone: "America/Chicago",
    lead: "Alan Kowalke",
    staff: &[
        human("Teresa Lindgren", "peer", "555-0125"),
        human("Alan Kowalke", "supervisor", "555-0158"),
        human("Miriam Osei", "mental_health_professional", "555-0159"),
        human("June Hendricks", "team_member", "555-0165"),
        human("Paul Vang", "privacy_lead", "555-0174"),
        human("Ardis Moen", "program_administrator", "555-0184"),
    ],
    supervision: &[("Teresa Lindgren", "Alan Kowalke")],
    deputies: &[("Alan Kowalke", "Miriam Osei"), ("Miriam Osei", "Alan Kowalke")],
    people: &[
        Supported {
            called: "Gus",
            family_name: "Petrakis",
            pronouns: "he, him",
            described: "Line cook. Plays the accordion, and not just polkas.",
            phone: "555-0114",
            safe_hours: "Mondays and Tuesdays. The rest I am at the grill.",
            never: "Don't tell the restaurant where I was in March.",
            strengths: &["Fast hands", "I feed people", "I laugh at myself"],
            matters: "A door I can close, and a stove of my own.",
            needs: &["A landlord who reads the whole page", "A winter coat"],
            culture: "Name days count more than birthdays.",
            natural_supports: &[
                ("Yiayia Eleni", "Sunday phone calls"),
                ("Bo from the band", "Has a couch and a van"),
            ],
            signs_in: true,
            shares_with: Some("June Hendricks"),
            peer: "Teresa Lindgren",
            goals: &["I want a place with a door that is mine.", "Play in front of people again."],
            toward: Some(Toward {
                areas: &["home"],
                plan_words: "Find and keep a home of his own.",
                steps: &[
                    ("Count what I can pay each month", "Bo", true),
                    ("Look at two rooms with a stove", "Bo has the van", false),
                ],
                in_the_way: &[
                    (BarrierKind::Lack, "The deposit", ""),
                    (BarrierKind::Others, "Landlords and cooks' hours", ""),
                ],
                ratings: &[
                    (18, 1, 2, ""),
                    (10, 3, 5, "I know my number now."),
                    (4, 3, 6, "No room yet. Still looking."),
                ],
            }),
            days: &[
                Day {
                    days_ago: 14,
                    hour: 10,
                    minutes: 50,
                    place: "peer_center",
                    purpose: "agree_boundaries",
                    did: &["listen", "boundaries", "share_story"],
                    own_words: "If I go quiet, wait. I am cooking something.",
                    response: "Asked what I would do if he missed a day. I told him: call once, then wait.",
                    next_words: "Same table on Monday.",
                    strengths: "Says how he wants to be treated.",
                    after: &[
                        (
                            "Alan Kowalke",
                            Kind::WentWell,
                            "Clear about what you do and don't do, and still warm.",
                        ),
                        ("Alan Kowalke", Kind::Countersignature, ""),
                    ],
                    ..DAY
                },
                Day {
                    days_ago: 7,
                    hour: 11,
                    minutes: 65,
                    purpose: "find_something",
                    did: &["housing", "resource", "strengths"],
                    own_words: "Third one had a window over the sink. I can see myself there.",
                    response: "Told the landlord he would think about it.",
                    next_step: "i_find_out",
                    next_words: "I ask what the form means by history. Gus asks Bo for a letter.",
                    strengths: "Asked better questions than I did.",
                    after: &[
                        ("Alan Kowalke", Kind::Countersignature, ""),
                        (
                            "person",
                            Kind::Differently,
                            "I did not say I would think about it. I said not without a lease.",
                        ),
                        ("Teresa Lindgren", Kind::Addendum, "Gus is right. He asked for a lease first."),
                    ],
                    ..DAY
                },
                Day {
                    days_ago: 2,
                    hour: 10,
                    minutes: 45,
                    place: "peer_center",
                    purpose: "make_plan",
                    did: &["crisis_plan", "crisis_options"],
                    own_words: "I want the plan to sound like me, not like a hospital.",
                    response: "Read it aloud at the end and nodded.",
                    next_step: "they_try",
                    next_words: "Gus shows it to Bo. I am there if he wants.",
                    strengths: "Knows what helps, and what does not.",
                    ..DAY
                },
            ],
            papers: &[
                Paper {
                    tool: "wellness_plan",
                    days_ago: 15,
                    answers: &[
                        ("good_day", "I taste everything. I play one tune before work."),
                        ("strengths", "I feed people"),
                        ("strengths", "I laugh at myself"),
                        ("every_day", "Eat sitting down, not over the sink."),
                        ("every_day", "Fifteen minutes of accordion, even badly."),
                        ("some_days", "The lake, with no phone."),
                        ("when_then", "A double shift | Walk home the long way"),
                        ("signs", "I stop tasting the food."),
                        ("signs_help", "Tell Bo I am not playing."),
                        ("signs_people", "Bo | 555-0145 | Come get me in the van."),
                    ],
                    later: &[(
                        "good_day",
                        "I taste everything. I play one tune before work. I call my Yiayia back.",
                    )],
                    shares: &[
                        ("Teresa Lindgren", &["well", "each_day", "early_signs"], 90, true, false),
                        ("June Hendricks", &["early_signs"], 30, false, true),
                    ],
                },
                Paper {
                    tool: "crisis_plan",
                    days_ago: 6,
                    answers: &[
                        ("well_like", "Loud. I ask if you are hungry."),
                        ("signs_see", "I have not slept and I am cleaning at four in the morning."),
                        ("call_people", "Bo | 555-0145 | Bring the van. Don't ask much."),
                        (
                            "call_people",
                            "Teresa, my peer | 555-0125 | Talk with me about what else there is.",
                        ),
                        ("stay_where", "Bo's couch"),
                        ("stay_where", "The peer house by the river"),
                        ("stay_needs", "Somebody awake in the next room."),
                        ("helps_do", "Put something in my hands. Dough is good."),
                        ("harms_do", "Don't call me buddy."),
                        ("tasks_who", "Tell the restaurant I am sick, no more | Bo"),
                        ("over_signs", "I cook breakfast and I sit down to eat it."),
                    ],
                    shares: &[("June Hendricks", &["call", "stay", "helps", "harms"], 90, false, false)],
                    ..PAPER
                },
                Paper {
                    tool: "goal_steps",
                    days_ago: 10,
                    answers: &[
                        ("missing", "I live out of two bags."),
                        ("picture", "I come home, I lock the door, I put water on."),
                        ("goal", "A place with a door that is mine."),
                        ("matters", "I could have people over. It would cost me some pride to ask for help."),
                        ("have", "Steady pay since June"),
                        ("in_way", "The form asks about March."),
                        ("parts", "A letter from Bo by Friday"),
                        ("parts", "First month's rent by the new year"),
                        ("first_step", "See two rooms on Monday morning, with Teresa."),
                        ("sure", "6"),
                        ("celebrate", "Avgolemono for ten, on my own stove."),
                    ],
                    shares: &[("Teresa Lindgren", &["want", "road", "steps"], 90, true, false)],
                    ..PAPER
                },
                Paper {
                    tool: "my_story",
                    days_ago: 5,
                    answers: &[
                        ("turns", "Somebody left a bowl of soup at my door and did not ring."),
                        ("helped", "Work that starts at the same time each day."),
                        ("learned", "Nobody thinks clearly hungry."),
                        ("proud", "I went back to the kitchen and walked in the front"),
                        ("anyone_pieces", "I play, I cook, I had a hard spring."),
                        ("helps_pieces", "The soup | To somebody who is sure nobody noticed"),
                        ("never_pieces", "The rest of March."),
                    ],
                    ..PAPER
                },
                Paper {
                    tool: "short_questions",
                    days_ago: 3,
                    answers: &[
                        ("heard", "8"),
                        ("my_decision", "9"),
                        ("hopeful", "5"),
                        ("next_step", "9"),
                        ("supported", "8"),
                    ],
                    ..PAPER
                },
            ],
            ..NOBODY
        },
        Supported {
            called: "Efraín",
            family_name: "Montoya",
            pronouns: "él",
            described: "Ordeño vacas. Escribo versos que no enseño.",
            lang: Lang::Es,
            phone: "555-0115",
            safe_hours: "Entre los dos ordeños: de diez a tres.",
            never: "No manden cartas a la granja.",
            strengths: &["Paciente", "Madrugador", "Tengo buena letra"],
            matters: "Que el invierno no me gane otra vez.",
            needs: &["Quien me lleve al pueblo"],
            culture: "Rezo poco, canto mucho.",
            natural_supports: &[("Doña Meche, de la tienda", "Me guarda el pan y me pregunta")],
            peer: "Teresa Lindgren",
            goals: &["Quiero tener con quién hablar cuando oscurece temprano."],
            days: &[
                Day {
                    days_ago: 6,
                    hour: 12,
                    minutes: 40,
                    purpose: "get_to_know",
                    did: &["listen", "share_story", "valued_role"],
                    own_words: "Aquí en diciembre el día dura un café.",
                    response: "Me leyó dos versos. Se los agradecí.",
                    next_step: "they_try",
                    next_words: "Efraín pregunta por el grupo de los sábados. Le llamo el viernes a las once.",
                    strengths: "Pone en palabras lo que otros callan.",
                    after: &[
                        ("Alan Kowalke", Kind::Countersignature, ""),
                        (
                            "Teresa Lindgren",
                            Kind::ReadBack,
                            "Lo de los versos puede quedarse. Los versos no.",
                        ),
                    ],
                    ..DAY
                },
                Day {
                    days_ago: 1,
                    hour: 11,
                    minutes: 15,
                    kind: "phone",
                    place: "",
                    purpose: "be_there",
                    did: &["listen"],
                    own_words: "Ya pregunté. Me dijeron que lleve la guitarra.",
                    signed: false,
                    ..DAY
                },
            ],
            papers: &[Paper {
                tool: "wellness_plan",
                days_ago: 5,
                answers: &[
                    ("good_day", "Canto en el establo y las vacas me aguantan."),
                    ("strengths", "Paciente"),
                    ("every_day", "Salir a la luz al mediodía, aunque haga frío."),
                    ("when_then", "Oscurece y estoy solo | Radio, y llamar a mi hermana"),
                    ("signs", "Dejo de escribir."),
                    ("signs_help", "Decírselo a alguien antes de la cena."),
                ],
                ..PAPER
            }],
            ..NOBODY
        },
        Supported {
            called: "Skye",
            family_name: "Brandt",
            pronouns: "they, them",
            described: "Knits. Night owl. Good with old dogs.",
            phone: "555-0116",
            safe_hours: "After noon. Text is best.",
            strengths: &["Notices things", "Kind to animals"],
            matters: "Mornings that don't start with dread.",
            peer: "Teresa Lindgren",
            goals: &["Two mornings a week at the animal shelter."],
            ..NOBODY
        },
        Supported {
            called: "Linnea",
            family_name: "Halvorsen",
            pronouns: "she, her",
            described: "Thirteen. Draws herons. Talks when her hands are busy.",
            phone: "555-0124",
            safe_hours: "After school, before six.",
            strengths: &["Sees what others miss", "Loyal"],
            matters: "That nobody talks about me as if I were not there.",
            signs_in: true,
            guardian: Some(("Solveig Halvorsen", 13)),
            peer: "Teresa Lindgren",
            goals: &["Eat lunch at school with one friend."],
            papers: &[Paper {
                tool: "wellness_plan",
                days_ago: 8,
                answers: &[
                    ("good_day", "I hum and do not notice it."),
                    ("every_day", "Feed the rabbit first."),
                ],
                ..PAPER
            }],
            ..NOBODY
        },
    ],
    work: &[
        ("Teresa Lindgren", 2, 9, 45, "team_meeting", ""),
        (
            "Teresa Lindgren",
            4,
            13,
            60,
            "staff_education",
            "Three people tell what getting better was like for them",
        ),
    ],
};
