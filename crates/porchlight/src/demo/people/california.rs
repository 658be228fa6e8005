//! Parents in California, and who walks with them.

use super::*;

pub const CALIFORNIA: Programme = Programme {
    name: "Toyon Parent Circle",
    pack: "us-ca-parent",
    zone: "America/Los_Angeles",
    lead: "Renee Hollis",
    staff: &[
        human("Lupe Arroyo", "peer", "555-0123"),
        human("Renee Hollis", "supervisor", "555-0154"),
        human("Victor Nakagawa", "other_supervisor", "555-0155"),
        human("Priya Raman", "team_member", "555-0162"),
        human("Dolores Finch", "privacy_lead", "555-0172"),
        human("Owen Tran", "program_administrator", "555-0182"),
    ],
    supervision: &[("Lupe Arroyo", "Renee Hollis")],
    deputies: &[("Renee Hollis", "Victor Nakagawa"), ("Victor Nakagawa", "Renee Hollis")],
    people: &[
        Supported {
            called: "Carmen",
            family_name: "Villalobos",
            pronouns: "ella",
            described: "Mamá de Mateo. Vendo flores. Madrugo.",
            lang: Lang::Es,
            phone: "555-0108",
            safe_hours: "Después de la una, cuando cierro el puesto.",
            never: "No dejen recado con mi cuñado.",
            strengths: &["Me levanto temprano", "Pregunto dos veces", "Hago reír a mi hijo"],
            matters: "Que Mateo vuelva a hablarme de sus cosas.",
            needs: &["Intérprete en la corte", "Alguien que cuide el puesto los martes"],
            culture: "En casa hablamos español. Los domingos hacemos tamales con mi comadre.",
            natural_supports: &[("Chela, mi comadre", "Me acompaña y me dice la verdad")],
            children: &[("Mateo", 2012, "parent", "Las bicicletas y dibujar letras grandes.")],
            signs_in: true,
            shares_with: Some("Priya Raman"),
            peer: "Lupe Arroyo",
            goals: &[
                "Quiero saber qué va a pasar en la corte antes de que pase.",
                "Cenar juntos sin teléfono dos veces por semana.",
            ],
            days: &[
                Day {
                    days_ago: 13,
                    hour: 14,
                    minutes: 60,
                    place: "juvenile_justice_place",
                    purpose: "find_way",
                    did: &["listen", "system_juvenile_justice", "rights"],
                    own_words: "Todos hablaban de mi hijo y nadie me miraba. Hoy alguien me miró.",
                    response: "Salió con una hoja llena de preguntas, escritas por ella.",
                    next_step: "i_find_out",
                    next_words: "Pregunto quién pide el intérprete. Carmen busca la carta de la escuela.",
                    strengths: "Pidió que le repitieran, y se lo repitieron.",
                    after: &[
                        ("Renee Hollis", Kind::WentWell, "You kept the chair next to her. That mattered."),
                        ("Renee Hollis", Kind::Countersignature, ""),
                        ("person", Kind::OwnWords, "Lupe también pasó por esto con su hijo. Se le nota."),
                    ],
                    ..DAY
                },
                Day {
                    days_ago: 5,
                    hour: 13,
                    minutes: 45,
                    place: "their_home",
                    purpose: "get_ready",
                    did: &["team_preparation", "strengths", "share_story"],
                    own_words: "Voy a empezar con lo bueno de Mateo. Que lo conozcan primero.",
                    response: "Lo ensayó tres veces, la última de pie.",
                    next_step: "they_try",
                    next_words: "Carmen lleva un dibujo de Mateo a la reunión. Yo voy con ella.",
                    strengths: "Sabe decir quién es su hijo.",
                    after: &[(
                        "Renee Hollis",
                        Kind::Question,
                        "Will the interpreter be there from the start?",
                    )],
                    ..DAY
                },
                Day {
                    days_ago: 1,
                    hour: 15,
                    minutes: 20,
                    kind: "phone",
                    place: "",
                    purpose: "be_there",
                    did: &["listen", "hope"],
                    own_words: "Anoche cenamos juntos. Me contó de la bicicleta.",
                    signed: false,
                    ..DAY
                },
            ],
            papers: &[
                Paper {
                    tool: "family_wellness_plan",
                    days_ago: 14,
                    answers: &[
                        ("family_strong", "Nos perdonamos rápido"),
                        ("family_strong", "Trabajamos duro y cantamos mientras"),
                        (
                            "children_strong",
                            "Mateo arregla cualquier bicicleta. Dibuja letras que parecen vivas.",
                        ),
                        ("ways", "Tamales los domingos con mi comadre"),
                        ("ways", "Una vela para mi mamá"),
                        ("each_day", "Desayunar sentados, aunque sean diez minutos."),
                        ("for_me", "Un café sola antes de abrir el puesto."),
                        (
                            "when_then",
                            "Llega carta de la corte | No la abro de noche. La leemos de día, con Chela.",
                        ),
                        ("people", "Chela, mi comadre | 555-0143 | Que cuide el puesto los martes."),
                    ],
                    later: &[(
                        "children_strong",
                        "Mateo arregla cualquier bicicleta. Dibuja letras que parecen vivas. Cuida a los perros de \
                         la cuadra.",
                    )],
                    shares: &[
                        ("Lupe Arroyo", &["strong", "well"], 90, true, false),
                        ("Priya Raman", &["strong"], 30, false, true),
                    ],
                },
                Paper {
                    tool: "family_hard_days",
                    days_ago: 9,
                    answers: &[
                        ("child_signs", "Se pone la capucha y no contesta."),
                        ("my_signs", "Hablo cada vez más fuerte."),
                        (
                            "child_calm",
                            "Se encierra | Le dejo comida y le digo que ahí estoy. Tocar más lo empeora.",
                        ),
                        ("my_calm", "Salgo al patio y riego las macetas."),
                        ("call_people", "Chela, mi comadre | 555-0143 | Que venga y se siente con nosotros."),
                        ("say_it", "Hablen bajito. Díganle Mateo. Todavía es un niño."),
                        ("after_kind", "Chocolate caliente, y no hablamos del tema hasta el otro día."),
                    ],
                    shares: &[("Priya Raman", &["calm", "call"], 90, false, false)],
                    ..PAPER
                },
                Paper {
                    tool: "my_story",
                    days_ago: 7,
                    answers: &[
                        ("turns", "El día que la maestra Ofelia me llamó para decirme algo bueno."),
                        ("helped", "Que alguien me explicara las palabras de la corte."),
                        ("proud", "Nunca falté a una cita"),
                        ("anyone_pieces", "Que soy florista y mamá."),
                        ("never_pieces", "Lo de mi primer matrimonio."),
                    ],
                    ..PAPER
                },
                Paper {
                    tool: "short_questions",
                    days_ago: 4,
                    answers: &[
                        ("heard", "8"),
                        ("my_decision", "6"),
                        ("hopeful", "7"),
                        ("next_step", "8"),
                        ("supported", "9"),
                    ],
                    ..PAPER
                },
            ],
            ..NOBODY
        },
        Supported {
            called: "Jolene",
            family_name: "Baptiste",
            pronouns: "she, her",
            described: "Foster mom. Retired mail carrier. I know every dog in town.",
            phone: "555-0109",
            safe_hours: "Mornings. We rest after lunch.",
            never: "Please don't talk about Kai's first home where Kai can hear.",
            strengths: &["Steady", "Keeps a good notebook", "Sings off key on purpose"],
            matters: "That Kai knows where the night light is, every night.",
            needs: &["A weekend off, now and then"],
            culture: "Gumbo, front porch, everybody welcome.",
            natural_supports: &[("Maxine next door", "Brings her grandkids to play")],
            children: &[("Kai", 2019, "foster_parent", "Snails. Being read to.")],
            signs_in: true,
            peer: "Lupe Arroyo",
            goals: &["I want the school and the clinic to talk to each other, with me in the room."],
            days: &[
                Day {
                    days_ago: 8,
                    hour: 9,
                    minutes: 50,
                    place: "school",
                    purpose: "find_way",
                    did: &["system_school", "systems_together", "listen"],
                    own_words: "I have told Kai's story to five offices. Kai should only have to live it once.",
                    response: "Lighter once we had drawn who does what on one page.",
                    next_step: "we_reach_out",
                    next_words: "Jolene calls the clinic, I call the school. We ask for one date.",
                    strengths: "Her notebook has every name and every date.",
                    after: &[
                        ("Renee Hollis", Kind::Countersignature, ""),
                        (
                            "Lupe Arroyo",
                            Kind::ReadBack,
                            "It's right. Put down that I am not angry, I am just tired of forms.",
                        ),
                    ],
                    ..DAY
                },
                Day {
                    days_ago: 3,
                    hour: 10,
                    minutes: 40,
                    place: "their_home",
                    purpose: "stay_well",
                    did: &["child_growth", "coping", "other_parents"],
                    own_words: "He slept till six. I stood in the door and just looked.",
                    response: "Wants to meet the Thursday parents.",
                    next_words: "Thursday circle. I save her a seat by the window.",
                    strengths: "Sees the small wins.",
                    ..DAY
                },
            ],
            papers: &[Paper {
                tool: "goal_steps",
                days_ago: 8,
                answers: &[
                    ("missing", "Nobody has the whole picture but me, and nobody asks me."),
                    ("picture", "One meeting, one plan, and I am home before the bus."),
                    ("goal", "School and clinic at one table, with me."),
                    ("have", "My notebook"),
                    ("in_way", "They each say the other one has to ask."),
                    ("need", "The name of the person who can say yes."),
                    ("first_step", "Call the clinic Tuesday at nine, with Lupe on the line."),
                    ("sure", "8"),
                    ("celebrate", "Pie. Two kinds."),
                ],
                ..PAPER
            }],
            ..NOBODY
        },
        Supported {
            called: "Theo",
            family_name: "Marchetti",
            pronouns: "he, him",
            described: "Stepdad, still learning the dance moves.",
            phone: "555-0110",
            safe_hours: "Text first. I drive for a living.",
            strengths: &["Patient", "Can wait out any silence"],
            matters: "That Juniper knows I am staying.",
            children: &[("Juniper", 2014, "step_parent", "Roller skates, and being right.")],
            peer: "Lupe Arroyo",
            goals: &["Learn what to say when she says I am not her dad."],
            ..NOBODY
        },
    ],
    work: &[
        ("Lupe Arroyo", 2, 10, 40, "linking_parents", ""),
        (
            "Lupe Arroyo",
            4,
            9,
            60,
            "staff_education",
            "How a room feels when eight people sit across from one parent",
        ),
    ],
};
