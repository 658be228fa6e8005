//! Parents in Alabama, and who walks with them.

use super::*;

pub const ALABAMA: Programme = Programme {
    name: "Redbud Family Partners",
    pack: "us-al-parent",
    zone: "America/Chicago",
    lead: "Yolanda Price",
    staff: &[
        human("Keisha Monroe", "peer", "555-0121"),
        human("Tasha Birdsong", "peer", "555-0122"),
        human("Yolanda Price", "program_manager", "555-0152"),
        human("Peter Lindqvist", "clinical_director", "555-0153"),
        human("Mei Tanaka", "team_member", "555-0161"),
        human("Ola Benson", "privacy_lead", "555-0171"),
        human("Hank Weller", "program_administrator", "555-0181"),
        human("Iris Coleman", "auditor", "555-0191"),
    ],
    supervision: &[("Keisha Monroe", "Yolanda Price"), ("Tasha Birdsong", "Yolanda Price")],
    deputies: &[("Yolanda Price", "Peter Lindqvist"), ("Peter Lindqvist", "Yolanda Price")],
    people: &[
        Supported {
            called: "Angela",
            family_name: "Lewis",
            pronouns: "she, her",
            described: "Mom of two. Night nurse. The one who knows him best.",
            phone: "555-0105",
            safe_hours: "Before noon. I sleep in the afternoon.",
            never: "Do not call the school without me.",
            strengths: &["I read every letter", "Calm when it counts", "I know my son"],
            matters: "That my boy is not afraid of school.",
            needs: &["Somebody to watch Nia on meeting days"],
            culture: "My mother lives with us. Big Sunday table.",
            natural_supports: &[("My mother", "Is there when I work nights"), ("Pastor Reed", "Drives us")],
            children: &[
                ("Marcus", 2016, "parent", "Trains. Anything with wheels."),
                ("Nia", 2020, "parent", "Singing in the bath."),
            ],
            signs_in: true,
            peer: "Keisha Monroe",
            goals: &["I want to walk into that school meeting and not shake."],
            toward: Some(Toward {
                areas: &["say", "learning"],
                plan_words: "Parent takes part in the school meeting and says what the child needs.",
                steps: &[
                    ("Write my three sentences on a card", "Keisha", true),
                    ("Say them out loud to my mother", "My mother", false),
                    ("Sit near the door", "", false),
                ],
                in_the_way: &[
                    (BarrierKind::Others, "They think night nurses don't read.", ""),
                    (BarrierKind::Lack, "Somebody to watch Nia that morning", "Pastor Reed"),
                ],
                ratings: &[(15, 2, 3, "My hands shake when I think of it."), (6, 5, 6, "I have a card now.")],
            }),
            days: &[
                Day {
                    days_ago: 11,
                    hour: 10,
                    minutes: 60,
                    place: "their_home",
                    purpose: "reassure_and_inform",
                    did: &["listen", "share_story", "school_meeting"],
                    own_words: "Last time there were seven of them and one of me.",
                    response: "She laughed when I told her about my first meeting.",
                    next_step: "we_reach_out",
                    next_words: "Angela picks three things to say. I bring the form.",
                    strengths: "Has every letter in one folder.",
                    after: &[
                        (
                            "Yolanda Price",
                            Kind::WentWell,
                            "Your own story, short, and back to her. Well done.",
                        ),
                        ("Yolanda Price", Kind::Countersignature, ""),
                        ("person", Kind::OwnWords, "First time somebody asked what I want from the school."),
                    ],
                    ..DAY
                },
                Day {
                    days_ago: 3,
                    hour: 9,
                    minutes: 45,
                    place: "out_and_about",
                    purpose: "make_a_decision",
                    did: &["decision", "strengths"],
                    own_words: "I will say no to the shorter day. He needs his friends.",
                    response: "Sure of it at the end.",
                    next_words: "Meeting on Thursday. I sit beside her.",
                    strengths: "She decided, and said why.",
                    ..DAY
                },
            ],
            papers: &[Paper {
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
                shares: &[("Keisha Monroe", &["strong", "well"], 90, true, false)],
                ..PAPER
            }],
            ..NOBODY
        },
        Supported {
            called: "Beatriz",
            family_name: "Salinas",
            pronouns: "ella",
            described: "Tía y ahora mamá de acogida.",
            lang: Lang::Es,
            phone: "555-0106",
            safe_hours: "En la noche, por mensaje.",
            strengths: &["Cumplo lo que digo", "Cocino para todos"],
            matters: "Que el niño duerma tranquilo.",
            children: &[("Dani", 2018, "foster_parent", "Los perros y el fútbol.")],
            signs_in: true,
            peer: "Tasha Birdsong",
            goals: &["Quiero entender los papeles antes de firmarlos."],
            days: &[Day {
                days_ago: 4,
                hour: 17,
                minutes: 35,
                kind: "video",
                place: "",
                purpose: "find_something",
                did: &["child_systems", "resource"],
                own_words: "Nadie me había explicado quién hace qué.",
                response: "Hizo buenas preguntas.",
                next_step: "i_find_out",
                next_words: "Busco la lista en español.",
                strengths: "Pregunta hasta entender.",
                ..DAY
            }],
            ..NOBODY
        },
        Supported {
            called: "Walt",
            family_name: "Greer",
            described: "Granddad. Learning this twice.",
            phone: "555-0107",
            safe_hours: "Any time after supper.",
            strengths: &["Stubborn in the good way"],
            matters: "Keeping the boys together.",
            children: &[("Eli", 2015, "kin", "Fishing."), ("Micah", 2017, "kin", "Dinosaurs.")],
            peer: "Keisha Monroe",
            goals: &["Find one other granddad doing this."],
            papers: &[Paper {
                tool: "family_hard_days",
                days_ago: 3,
                answers: &[
                    ("child_signs", "He goes under the table."),
                    ("child_calm", "He goes under the table | I sit on the floor near him and wait."),
                    ("call_people", "My neighbor June | 555-0171 | Come sit with the little one."),
                ],
                ..PAPER
            }],
            ..NOBODY
        },
    ],
    work: &[
        (
            "Keisha Monroe",
            1,
            14,
            40,
            "partner_meeting",
            "With the school social worker, about nobody in particular",
        ),
        ("Tasha Birdsong", 2, 9, 90, "training", ""),
    ],
};
