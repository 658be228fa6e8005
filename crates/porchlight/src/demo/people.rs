//! The invented people of the demo. No name, number or story is anybody's.

use porchlight_practice::Lang;
use porchlight_practice::contact::AdditionKind as Kind;

pub struct Programme {
    pub name: &'static str,
    pub pack: &'static str,
    pub zone: &'static str,
    /// Who adds people and is responsible for them.
    pub lead: &'static str,
    pub staff: &'static [Human],
    /// Peer specialist, supervisor.
    pub supervision: &'static [(&'static str, &'static str)],
    /// Supervisor, deputy.
    pub deputies: &'static [(&'static str, &'static str)],
    pub people: &'static [Supported],
    /// Who, days ago, hour, minutes, kind, words.
    pub work: &'static [(&'static str, i64, i8, i64, &'static str, &'static str)],
}

pub struct Human {
    pub name: &'static str,
    pub title: &'static str,
    pub phone: &'static str,
    pub lang: Lang,
}

pub struct Supported {
    pub called: &'static str,
    pub family_name: &'static str,
    pub pronouns: &'static str,
    pub described: &'static str,
    pub lang: Lang,
    pub phone: &'static str,
    pub safe_hours: &'static str,
    pub never: &'static str,
    pub strengths: &'static [&'static str],
    pub matters: &'static str,
    pub needs: &'static [&'static str],
    pub culture: &'static str,
    pub natural_supports: &'static [(&'static str, &'static str)],
    /// Called, born, tie, loves.
    pub children: &'static [(&'static str, i16, &'static str, &'static str)],
    pub works_here: bool,
    pub signs_in: bool,
    pub shares_with: Option<&'static str>,
    pub peer: &'static str,
    pub goals: &'static [&'static str],
    pub days: &'static [Day],
}

pub struct Day {
    pub days_ago: i64,
    pub hour: i8,
    pub minutes: i64,
    pub kind: &'static str,
    pub place: &'static str,
    pub purpose: &'static str,
    pub did: &'static [&'static str],
    pub strengths: &'static str,
    pub own_words: &'static str,
    pub response: &'static str,
    pub next_step: &'static str,
    pub next_words: &'static str,
    pub signed: bool,
    pub late_hours: i64,
    /// What was put beside it: by whom (`person`, or a name of the staff), what, the words.
    pub after: &'static [(&'static str, Kind, &'static str)],
}

const fn human(name: &'static str, title: &'static str, phone: &'static str) -> Human {
    Human { name, title, phone, lang: Lang::En }
}

const NOBODY: Supported = Supported {
    called: "",
    family_name: "",
    pronouns: "",
    described: "",
    lang: Lang::En,
    phone: "555-0100",
    safe_hours: "",
    never: "",
    strengths: &[],
    matters: "",
    needs: &[],
    culture: "",
    natural_supports: &[],
    children: &[],
    works_here: false,
    signs_in: false,
    shares_with: None,
    peer: "",
    goals: &[],
    days: &[],
};

const DAY: Day = Day {
    days_ago: 1,
    hour: 10,
    minutes: 50,
    kind: "in_person",
    place: "out_and_about",
    purpose: "work_on_goal",
    did: &["listen", "goal_work"],
    strengths: "",
    own_words: "",
    response: "",
    next_step: "meet_again",
    next_words: "",
    signed: true,
    late_hours: 0,
    after: &[],
};

pub fn programmes() -> [Programme; 2] {
    [GEORGIA, ALABAMA]
}

const GEORGIA: Programme = Programme {
    name: "Sweetgum Peer Support",
    pack: "us-ga-adult",
    zone: "America/New_York",
    lead: "Denise Hall",
    staff: &[
        human("Marisol Vega", "peer", "555-0117"),
        human("Joe Kimball", "peer", "555-0118"),
        human("Anh Lam", "trainee", "555-0119"),
        human("Denise Hall", "program_manager", "555-0150"),
        human("Grace Okafor", "mental_health_professional", "555-0151"),
        human("Leena Patel", "team_member", "555-0160"),
        human("Sam Whitfield", "privacy_lead", "555-0170"),
        human("Carla Boone", "program_administrator", "555-0180"),
        human("Neil Ashby", "auditor", "555-0190"),
    ],
    supervision: &[
        ("Marisol Vega", "Denise Hall"),
        ("Joe Kimball", "Denise Hall"),
        ("Anh Lam", "Grace Okafor"),
    ],
    deputies: &[("Denise Hall", "Grace Okafor"), ("Grace Okafor", "Denise Hall")],
    people: &[
        Supported {
            called: "Darnell",
            family_name: "Washington",
            pronouns: "he, him",
            described: "A dad, a roofer, a man who is tired of being tired.",
            phone: "555-0101",
            safe_hours: "After ten in the morning. Texts are fine any time.",
            never: "No voicemail. My landlord listens.",
            strengths: &["Good with my hands", "Funny", "I show up", "Patient with kids"],
            matters: "My daughter, and sleeping in my own bed.",
            needs: &["A doctor who picks up", "A bus pass"],
            culture: "Church on Sundays with my sister. Ask me about food, not about church.",
            natural_supports: &[
                ("Tanya, my sister", "Picks up at night"),
                ("Coach Bell", "Walks with me on Saturdays"),
            ],
            signs_in: true,
            shares_with: Some("Leena Patel"),
            peer: "Marisol Vega",
            goals: &["I want to sleep through the night.", "Get my own keys."],
            days: &[
                Day {
                    days_ago: 16,
                    hour: 14,
                    minutes: 55,
                    did: &["listen", "share_story", "goal_work"],
                    own_words: "I have not said this out loud before. I just want one night.",
                    response: "Quiet at first, then he talked the whole way back.",
                    next_step: "they_try",
                    next_words: "Darnell writes down when he wakes up. I call on Friday.",
                    strengths: "He came although it rained.",
                    after: &[
                        ("Denise Hall", Kind::WentWell, "You let him set the pace. It shows."),
                        ("Denise Hall", Kind::Countersignature, ""),
                        ("person", Kind::OwnWords, "She listened. Nobody rushed me."),
                    ],
                    ..DAY
                },
                Day {
                    days_ago: 9,
                    hour: 16,
                    did: &["coping", "goal_work", "wellness_plan"],
                    own_words: "Two nights this week. Phone stays in the kitchen now.",
                    response: "Proud of the two nights.",
                    next_step: "they_try",
                    next_words: "Walks before dark, with Coach Bell on Saturday.",
                    strengths: "Thought of the kitchen by himself.",
                    after: &[("Denise Hall", Kind::Countersignature, "")],
                    ..DAY
                },
                Day {
                    days_ago: 2,
                    hour: 15,
                    minutes: 50,
                    did: &["goal_work", "share_story", "coping"],
                    own_words: "Three good nights this week. The walk helps.",
                    response: "Said no to the clinic call for now, and was glad that was all right.",
                    next_step: "meet_again",
                    next_words: "Darnell walks Saturday. I text him Friday.",
                    strengths: "Keeps his word to himself.",
                    ..DAY
                },
            ],
            ..NOBODY
        },
        Supported {
            called: "Rosa",
            family_name: "Tejeda",
            pronouns: "ella",
            described: "Abuela. Costurera. Viva.",
            lang: Lang::Es,
            phone: "555-0102",
            safe_hours: "En la tarde, después de las tres.",
            never: "No llamar cuando mi nieto está en casa.",
            strengths: &["Paciencia", "Buena memoria", "Sé escuchar"],
            matters: "Mi nieto, y volver a coser con gusto.",
            needs: &["Lentes nuevos"],
            culture: "Hablo español en casa.",
            natural_supports: &[("Lucía, vecina", "Toma café conmigo")],
            signs_in: true,
            peer: "Marisol Vega",
            goals: &["Quiero coser un vestido para mi nieta."],
            days: &[
                Day {
                    days_ago: 6,
                    hour: 15,
                    minutes: 40,
                    place: "their_home",
                    did: &["listen", "social_skills"],
                    own_words: "Hoy abrí la máquina de coser. Nada más eso, pero la abrí.",
                    response: "Se rió dos veces.",
                    next_step: "they_try",
                    next_words: "Rosa escoge la tela. Yo llamo el jueves.",
                    strengths: "Dio el primer paso sola.",
                    after: &[("Denise Hall", Kind::Question, "Did she want Lucía to come along next time?")],
                    ..DAY
                },
                Day {
                    days_ago: 0,
                    hour: 1,
                    minutes: 30,
                    kind: "phone",
                    place: "",
                    did: &["listen"],
                    own_words: "No pude dormir, pero no estuve sola.",
                    signed: false,
                    ..DAY
                },
            ],
            ..NOBODY
        },
        Supported {
            called: "Sam",
            family_name: "Rourke",
            pronouns: "they",
            described: "Just Sam.",
            phone: "555-0103",
            safe_hours: "Weekends.",
            strengths: &["Draws", "Honest", "Knows every bus line"],
            matters: "Keeping my room.",
            peer: "Joe Kimball",
            goals: &["Get through one job interview without leaving."],
            days: &[
                Day {
                    days_ago: 3,
                    hour: 11,
                    minutes: 45,
                    place: "work_place",
                    purpose: "get_ready",
                    did: &["fears", "work"],
                    own_words: "If my hands shake, they shake. I can still talk.",
                    response: "Practised the first two minutes, four times.",
                    next_words: "We do the whole thing once on Monday.",
                    strengths: "Names what is hard.",
                    ..DAY
                },
                Day {
                    days_ago: 12,
                    hour: 9,
                    minutes: 60,
                    place: "peer_center",
                    did: &["self_talk"],
                    own_words: "My head says I always quit. I have not quit this.",
                    late_hours: 40,
                    after: &[("Denise Hall", Kind::Countersignature, "")],
                    ..DAY
                },
            ],
            ..NOBODY
        },
        Supported {
            called: "Wren",
            family_name: "Abbott",
            phone: "555-0104",
            works_here: true,
            peer: "Joe Kimball",
            goals: &["Keep work and my own support apart."],
            ..NOBODY
        },
    ],
    work: &[
        ("Marisol Vega", 2, 9, 45, "team_meeting", ""),
        ("Marisol Vega", 3, 13, 30, "staff_education", "What helps in a waiting room"),
        ("Joe Kimball", 1, 9, 60, "training", ""),
    ],
};

const ALABAMA: Programme = Programme {
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
