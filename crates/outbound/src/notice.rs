//! What is said to somebody outside of the pages: that there is something, how urgent it is, and where to look.
//!
//! A notice can't carry a name or a free text: it is put together from a closed list of kinds and the address of a page,
//! which is made of a fixed beginning and an id. It may be read on a locked screen, by whoever stands near it, and by
//! every company that carries it.

use fluent_templates::fluent_bundle::FluentResource;
use fluent_templates::fluent_bundle::concurrent::FluentBundle;
use porchlight_practice::Lang;
use std::sync::LazyLock;
use uuid::Uuid;

/// What there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A safety report waits for somebody who takes it.
    Report,
    /// The same as a practice. It says so first and last.
    Practice,
    /// A test call, before safety reports are switched on: it asks to be answered.
    Test,
    /// A report that you were called for has been taken by somebody.
    Taken,
    /// Somebody asked their supervisor something.
    Question,
    /// You went alone: are you all right?
    AllRight,
    /// Somebody who went alone has not answered.
    NoAnswer,
    /// Something you arranged comes up.
    Soon,
    /// You are invited.
    Invitation,
    /// You can set a new password.
    NewPassword,
    /// Is this mailbox yours?
    Mailbox,
    /// Something happened to how you sign in.
    SignIn,
    /// Something waits for you that is not urgent.
    Reminder,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 13] = [
        Kind::Report,
        Kind::Practice,
        Kind::Test,
        Kind::Taken,
        Kind::Question,
        Kind::AllRight,
        Kind::NoAnswer,
        Kind::Soon,
        Kind::Invitation,
        Kind::NewPassword,
        Kind::Mailbox,
        Kind::SignIn,
        Kind::Reminder,
    ];

    /// The name in messages to the agency's own system, and in the keys of the sentences.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Report => "report",
            Kind::Practice => "practice",
            Kind::Test => "test",
            Kind::Taken => "taken",
            Kind::Question => "question",
            Kind::AllRight => "all-right",
            Kind::NoAnswer => "no-answer",
            Kind::Soon => "soon",
            Kind::Invitation => "invitation",
            Kind::NewPassword => "new-password",
            Kind::Mailbox => "mailbox",
            Kind::SignIn => "sign-in",
            Kind::Reminder => "reminder",
        }
    }

    /// Whether somebody waits for it this minute.
    pub fn is_urgent(self) -> bool {
        match self {
            Kind::Report | Kind::Practice | Kind::Test | Kind::AllRight | Kind::NoAnswer => true,
            Kind::Taken | Kind::Question | Kind::Soon | Kind::Invitation => false,
            Kind::NewPassword | Kind::Mailbox | Kind::SignIn | Kind::Reminder => false,
        }
    }
}

/// The page to look at.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Page(String);

impl Page {
    /// A page that everybody has, such as `/safety`.
    pub fn of_all(path: &'static str) -> Page {
        Page(path.to_string())
    }

    /// A page about something: a fixed beginning such as `/safety/`, and its id.
    pub fn of(start: &'static str, id: Uuid) -> Page {
        Page(format!("{start}{id}"))
    }

    /// A page that a secret opens, such as an invitation. Nothing for what is no secret of ours: they are 64 digits of
    /// base 16, so no text fits in.
    pub fn opened_by(start: &'static str, secret: &str) -> Option<Page> {
        let fits = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then(|| Page(format!("{start}{secret}")))
    }

    /// The whole address.
    pub(crate) fn link(&self, public_url: &str) -> String {
        format!("{public_url}{}", self.0)
    }

    /// The path, for tests.
    pub fn path(&self) -> &str {
        &self.0
    }
}

// It may hold the secret of an invitation.
impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Page(…)")
    }
}

/// A notice to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    id: Uuid,
    kind: Kind,
    lang: Lang,
    page: Page,
}

impl Notice {
    /// A notice. `id` is the same when it is sent again, so that whoever gets it twice can tell; it is shown to
    /// strangers, so it must not be guessable.
    pub fn new(id: Uuid, kind: Kind, lang: Lang, page: Page) -> Notice {
        Notice { id, kind, lang, page }
    }

    /// Its id.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// What there is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The language of whoever gets it.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Where to look.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// A few words: a subject, a headline.
    pub(crate) fn title(&self) -> String {
        self.say("title")
    }

    /// One or two sentences, without the link.
    pub(crate) fn body(&self) -> String {
        self.say("body")
    }

    /// A whole text message.
    pub(crate) fn text(&self, link: &str) -> String {
        format!("{} {}", self.body(), link)
    }

    /// A whole e-mail.
    pub(crate) fn letter(&self, link: &str) -> String {
        let (why, body) = (say(self.lang, "notice-letter-why"), self.body());
        format!("{body}\n\n{link}\n\n{why}\n")
    }

    /// What a voice says; asks for a key at the end.
    pub(crate) fn spoken(&self) -> String {
        format!("{} {}", self.say("spoken"), say(self.lang, "notice-press-key"))
    }

    fn say(&self, part: &str) -> String {
        say(self.lang, &format!("notice-{}-{part}", self.kind.as_str()))
    }
}

type Bundle = FluentBundle<FluentResource>;

static EN: LazyLock<Bundle> =
    LazyLock::new(|| bundle(Lang::En, include_str!("../../../locales/en/notice.ftl")));
static ES: LazyLock<Bundle> =
    LazyLock::new(|| bundle(Lang::Es, include_str!("../../../locales/es/notice.ftl")));

fn bundle(lang: Lang, text: &str) -> Bundle {
    let tag = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    // What can't be read of it is left out, and a test finds the hole.
    let resource = FluentResource::try_new(text.to_string()).unwrap_or_else(|(read, _)| read);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The sentence of that key. A key nobody wrote shows itself, which a test looks for.
pub(crate) fn say(lang: Lang, key: &str) -> String {
    let bundle: &Bundle = match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return format!("⟦{key}⟧");
    };
    bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn every_notice() -> impl Iterator<Item = Notice> {
        Lang::ALL.into_iter().flat_map(|lang| {
            Kind::ALL
                .into_iter()
                .map(move |kind| Notice::new(Uuid::nil(), kind, lang, Page::of("/safety/", Uuid::nil())))
        })
    }

    #[test]
    fn every_kind_has_its_words_in_both_languages() {
        let mut titles = BTreeSet::new();
        for notice in every_notice() {
            let all = [notice.title(), notice.letter("L"), notice.text("L"), notice.spoken()];
            for said in &all {
                assert!(!said.contains('⟦') && !said.contains('{'), "{said}");
            }
            assert!(titles.insert((notice.lang().tag(), notice.title())), "two kinds say the same");
            // A text message of one part, with an address of usual length, costs and arrives as one.
            assert!(notice.body().chars().count() <= 110, "{}", notice.body());
        }
    }

    #[test]
    fn a_practice_can_t_be_taken_for_a_report() {
        for notice in every_notice() {
            let word = if notice.lang() == Lang::En { "practice" } else { "práctica" };
            let practice = notice.kind() == Kind::Practice;
            for said in [notice.title(), notice.body(), notice.spoken()] {
                assert_eq!(said.to_lowercase().contains(word), practice, "{said}");
            }
        }
    }

    #[test]
    fn only_our_own_secrets_fit_into_a_page() {
        assert!(Page::opened_by("/welcome/", &"0af9".repeat(16)).is_some());
        for wrong in ["", "Maya", &"z".repeat(64), &"0".repeat(63)] {
            assert!(Page::opened_by("/welcome/", wrong).is_none());
        }
    }
}
