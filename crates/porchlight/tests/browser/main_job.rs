//! The work that Porchlight is for, from one end to the other: a peer specialist writes, a supervisor answers, the
//! person reads and has the last word, and sees who looked. By every way of using a page.

use crate::harness::{Page, Screen};
use fantoccini::key::Key;

/// Who does it in a programme of the demo, and what its pack calls things.
struct Programme {
    name: &'static str,
    /// As in `Role::as_str`.
    role: &'static str,
    peer: &'static str,
    supervisor: &'static str,
    /// As the person is called, and as lists of colleagues name them.
    person: (&'static str, &'static str),
    goal: &'static str,
    strengths: &'static str,
    own_words: &'static str,
    response: &'static str,
}

const SWEETGUM: Programme = Programme {
    name: "Sweetgum",
    role: "peer_specialist",
    peer: "Marisol Vega",
    supervisor: "Denise Hall",
    person: ("Darnell", "Darnell W."),
    goal: "Get my own keys.",
    strengths: "Strengths you saw",
    own_words: "Their own words",
    response: "How was it for them?",
};

const REDBUD: Programme = Programme {
    name: "Redbud",
    role: "parent_peer_specialist",
    peer: "Keisha Monroe",
    supervisor: "Yolanda Price",
    person: ("Angela", "Angela L."),
    goal: "I want to walk into that school meeting and not shake.",
    strengths: "The parent's strengths",
    own_words: "The parent's own words",
    response: "How was it for the parent?",
};

/// What the pages say in Spanish, for a walk that is written in English. Where a name belongs there is a brace.
const SPANISH: &[(&str, &str)] = &[
    ("Sign in as {}", "Entrar como {}"),
    ("Your time with {}", "Su tiempo con {}"),
    ("Work on a goal", "Trabajar en una meta"),
    ("Out and about", "En la calle o al aire libre"),
    ("Listened and was there", "Escuché y estuve presente"),
    ("Strengths you saw", "Fortalezas que usted vio"),
    ("The parent's strengths", "Fortalezas de la madre o del padre"),
    ("Their own words", "Sus propias palabras"),
    ("The parent's own words", "Las palabras de la madre o del padre"),
    ("How was it for them?", "¿Cómo le fue?"),
    ("How was it for the parent?", "¿Cómo le fue a la madre o al padre?"),
    ("We meet again", "Nos vemos otra vez"),
    ("Sign", "Firmar"),
    ("Signed. The note is on file.", "Firmado. La nota está en el archivo."),
    ("What went well, {} reads it", "Lo que salió bien, lo lee {}"),
    ("Sign and read next", "Firmar y leer la siguiente"),
    ("Signed. Here is what waits next.", "Firmado. Esto es lo que sigue."),
    ("{} read this note and signed it", "{} leyó esta nota y la firmó"),
    ("What you said", "Lo que usted dijo"),
    ("My words", "Mis palabras"),
    ("Add my words", "Agregar mis palabras"),
    ("Your words are kept beside this note.", "Sus palabras quedan junto a esta nota."),
    ("{} added words", "{} agregó palabras"),
    (
        "{}, a supervisor in your program, read your notes on",
        "{}, que supervisa en su programa, leyó sus notas el",
    ),
    ("Why: supervision.", "(por qué: supervisión)."),
    ("your certified peer specialist,", "su especialista certificado de apoyo entre pares,"),
    ("your parent peer specialist,", "su especialista de apoyo entre madres y padres,"),
    ("read your notes on", "leyó sus notas el"),
    ("Why: walking with you.", "(por qué: acompañarle)."),
];

/// One way of acting on pages.
#[derive(Clone, Copy, PartialEq)]
enum By {
    /// Tab, Enter, Space, the arrows, and typing where the focus is.
    Keyboard,
    /// Taps, or clicks of a mouse.
    Finger,
}

/// A page and how somebody acts on it.
struct Hand {
    page: Page,
    by: By,
    lang: &'static str,
}

impl Hand {
    async fn new(screen: Screen, by: By) -> Hand {
        Hand { lang: screen.lang, page: Page::open(screen).await, by }
    }

    /// What stands on the page for this English text.
    fn says(&self, text: &str) -> String {
        match self.lang {
            "en" => text.to_owned(),
            _ => SPANISH
                .iter()
                .find(|(english, _)| *english == text)
                .map(|(_, spanish)| (*spanish).to_owned())
                .unwrap_or_else(|| panic!("nothing says what {text:?} is in Spanish")),
        }
    }

    /// The same with a name in it.
    fn says_of(&self, text: &str, name: &str) -> String {
        self.says(text).replace("{}", name)
    }

    async fn see(&self, text: &str) {
        self.page.see(&self.says(text)).await;
    }

    /// The first button or link of this name.
    async fn press(&self, name: &str) {
        match self.by {
            By::Finger => self.page.tap_first(name).await,
            By::Keyboard => {
                self.page.press_tab_until(name).await;
                self.page.press(Key::Enter).await;
            }
        }
    }

    /// A link that is known by where it leads.
    async fn follow(&self, path: &str) {
        match self.by {
            By::Finger => self.page.tap_link(path).await,
            By::Keyboard => {
                self.page.press_tab_until_link(path).await;
                self.page.press(Key::Enter).await;
            }
        }
        self.page.arrive(path).await;
    }

    async fn choose(&self, tile: &str) {
        match self.by {
            By::Finger => self.page.tap(tile).await,
            By::Keyboard => self.page.choose_by_keyboard(tile).await,
        }
    }

    async fn write(&self, label: &str, words: &str) {
        match self.by {
            By::Finger => self.page.type_into(label, words).await,
            By::Keyboard => {
                self.page.press_tab_until(label).await;
                self.page.type_here(words).await;
            }
        }
        assert_eq!(self.page.typed_in(label).await, words);
    }

    /// On a device that nobody has used before.
    async fn sign_in(&self, role: &str, programme: &Programme, name: &str, home: &str) {
        self.page.forget_cookies();
        self.page.set_language(self.lang);
        let link = self.page.link(role, programme.name);
        assert_eq!(link.name, name);
        self.page.open_link(link).await;
        self.press(&self.says_of("Sign in as {}", name)).await;
        self.page.arrive(home).await;
        assert_eq!(self.page.count(&format!("html[lang={}]", self.lang)).await, 1);
    }
}

/// The whole job. `tag` tells the words of one walk from those of another.
async fn walk(hand: &Hand, programme: &Programme, tag: &str) {
    let page = &hand.page;
    let said = format!("I asked for the key, and I got it ({tag}).");
    let praise = format!("You waited, and the words came ({tag}).");
    let answer = format!("Yes. And I asked by myself ({tag}).");
    let (person, listed) = programme.person;

    // The peer specialist writes, from My day to the signature.
    hand.sign_in(programme.role, programme, programme.peer, "/day").await;
    let today = page.text("main > p.muted").await;
    hand.press(listed).await;
    page.see(&hand.says_of("Your time with {}", person)).await;
    hand.choose(&hand.says("Work on a goal")).await;
    hand.choose(programme.goal).await;
    hand.choose(&hand.says("Out and about")).await;
    hand.choose(&hand.says("Listened and was there")).await;
    hand.write(&hand.says(programme.strengths), "Asked without help.").await;
    hand.write(&hand.says(programme.own_words), &said).await;
    hand.write(&hand.says(programme.response), "Proud.").await;
    hand.choose(&hand.says("We meet again")).await;
    hand.press(&hand.says("Sign")).await;
    hand.see("Signed. The note is on file.").await;
    page.see(&said).await;
    page.see(programme.goal).await;
    let note = page.path().await;

    // The supervisor finds it in the queue, says what went well, and signs.
    hand.sign_in("supervisor", programme, programme.supervisor, "/day").await;
    hand.follow("/notes-to-read").await;
    hand.follow(&note).await;
    page.see(&said).await;
    hand.write(&hand.says_of("What went well, {} reads it", programme.peer), &praise).await;
    hand.press(&hand.says("Sign and read next")).await;
    hand.see("Signed. Here is what waits next.").await;
    hand.follow("/notes-to-read").await;
    assert_eq!(page.count(&format!("main a[href=\"{note}\"]")).await, 0, "a signed note waits no more");

    // The person reads it and has the last word.
    hand.sign_in("person", programme, person, "/me").await;
    hand.follow("/me/visits").await;
    let visit = note.replace("/contacts/", "/me/visits/");
    hand.follow(&visit).await;
    hand.see("What you said").await;
    page.see(&said).await;
    page.see(&hand.says_of("{} read this note and signed it", programme.supervisor)).await;
    hand.write(&hand.says("My words"), &answer).await;
    hand.press(&hand.says("Add my words")).await;
    hand.see("Your words are kept beside this note.").await;
    page.see(&answer).await;

    // The peer specialist sees the answer on My day, and what the supervisor wrote.
    hand.sign_in(programme.role, programme, programme.peer, "/day").await;
    page.see(&hand.says_of("{} added words", listed)).await;
    hand.follow(&note).await;
    page.see(&answer).await;
    page.see(&praise).await;

    // And the person sees who looked today, and why.
    hand.sign_in("person", programme, person, "/me").await;
    hand.follow("/me/looks").await;
    let looks = page.text("main").await;
    assert!(!looks.contains(".."), "a sentence ends twice:\n{looks}");
    let supervisor =
        hand.says_of("{}, a supervisor in your program, read your notes on", programme.supervisor);
    let role = match programme.role {
        "peer_specialist" => "your certified peer specialist,",
        _ => "your parent peer specialist,",
    };
    let peer = format!("{}, {} {}", programme.peer, hand.says(role), hand.says("read your notes on"));
    for (who, why) in [(supervisor, "Why: supervision."), (peer, "Why: walking with you.")] {
        let sentence = format!("{who} {today}");
        let rest = looks.split(&sentence).nth(1).unwrap_or_default();
        let why = hand.says(why);
        let rest: String = rest.chars().take(90).collect();
        assert!(rest.contains(&why), "no sentence says {sentence:?} and {why:?}:\n{looks}");
    }
}

#[tokio::test]
async fn by_keyboard_alone_on_a_phone_in_georgia() {
    walk(&Hand::new(Screen::phone(), By::Keyboard).await, &SWEETGUM, "by keyboard").await;
}

#[tokio::test]
async fn by_keyboard_alone_on_a_phone_in_alabama() {
    walk(&Hand::new(Screen::phone(), By::Keyboard).await, &REDBUD, "by keyboard").await;
}

#[tokio::test]
async fn without_scripts_in_georgia() {
    let hand = Hand::new(Screen::phone().without_scripts(), By::Keyboard).await;
    walk(&hand, &SWEETGUM, "without scripts").await;
}

#[tokio::test]
async fn without_scripts_in_alabama() {
    let hand = Hand::new(Screen::phone().without_scripts(), By::Keyboard).await;
    walk(&hand, &REDBUD, "without scripts").await;
}

#[tokio::test]
async fn in_spanish_on_a_wide_dark_screen_in_georgia() {
    let hand = Hand::new(Screen::desktop().spanish().dark(), By::Finger).await;
    walk(&hand, &SWEETGUM, "en español").await;
}

#[tokio::test]
async fn in_spanish_on_a_wide_dark_screen_in_alabama() {
    let hand = Hand::new(Screen::desktop().spanish().dark(), By::Finger).await;
    walk(&hand, &REDBUD, "en español").await;
}
