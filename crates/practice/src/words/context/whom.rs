//! Who does it, and of whom it is said.

use std::ops::Range;

use super::*;

impl Seen<'_> {
    /// Whether it is of a child or a family, and not a grown person's own: "the mother's own", "Mom is in".
    pub(super) fn is_of_a_child(&self, lang: Lang, next: usize) -> bool {
        let own = |(_, signs, parted): (&str, u64, bool)| signs & SELF != 0 && !parted;
        if self.after(lang, next).take(2).any(own) {
            return false;
        }
        // "For her son", "for Mia", "of the whole family"; what only stands near is somebody else: "gives the kids hope".
        let mut follows = false;
        let named = self.after(lang, next).take(5).take_while(|(_, signs, _)| signs & BREAKS == 0).any(
            |(word, signs, _)| {
                follows |= matches!(word, "for" | "with" | "of" | "in" | "para" | "del" | "de");
                follows && (signs & CHILD != 0 || word.starts_with(char::is_uppercase))
            },
        );
        if named {
            return true;
        }
        let small = |word: &&Before| {
            (word.signs & (LINK | COMMON | WHEN | WITHIN | DENIES) != 0 || self.is_adverb(lang, word))
                && word.signs & (CHILD | ADULT) == 0
        };
        match self.before.iter().find(|word| !small(word)) {
            Some(owner) if owner.signs & CHILD != 0 => true,
            Some(owner) if owner.signs & ADULT != 0 => false,
            Some(owner) if self.text[owner.at.clone()].starts_with(char::is_uppercase) => true,
            _ => {
                let all = || {
                    self.before
                        .iter()
                        .map(|word| word.signs)
                        .chain(self.after(lang, next).map(|(_, signs, _)| signs))
                };
                all().any(|signs| signs & CHILD != 0) || !all().any(|signs| signs & ADULT != 0)
            }
        }
    }

    /// Whether it is done to a person: "her", "Ana", "the client", "for risk of suicide"; and not to a kitchen.
    pub(super) fn is_to_somebody(&self, lang: Lang, next: usize) -> bool {
        let mut is_alone = true;
        for (at, (word, signs, parted)) in self.after(lang, next).take(4).enumerate() {
            if parted || signs & BREAKS != 0 || at == 1 && is_alone && signs & (LINK | COMMON | WITHIN) != 0 {
                break;
            }
            // "Evaluated three apartments with him": he is not what is evaluated.
            if at > 0 && signs & WITHIN != 0 && !matches!(word, "of" | "de" | "del" | "en") {
                break;
            }
            let own =
                matches!(word, "her" | "his" | "their" | "la" | "las" | "los" | "el" | "su" | "sus" | "the");
            // "A dad" is somebody; what "is" begins is something else.
            let article = matches!(word, "a" | "an" | "another" | "both" | "un" | "una" | "otro" | "otra");
            if at == 0 && signs & LINK != 0 && !own && !article {
                return false;
            }
            let capital = word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
            if signs & HEALTH != 0 || capital || signs & (PERSON | CHILD) != 0 && !own {
                return true;
            }
            if signs & THING != 0 && !own && !article {
                return false;
            }
            // "Her" may be all of it; "the" and "their" go before something.
            is_alone &= at == 0 && matches!(word, "her" | "la" | "las" | "los");
        }
        is_alone
    }

    /// Whether it is something to talk over with somebody who prescribes: then it is left to them.
    pub(super) fn is_left_to_others(&self, lang: Lang, next: usize) -> bool {
        let mut talks = false;
        self.after(lang, next).take(12).any(|(_, signs, _)| {
            talks |= signs & TALKS != 0;
            talks && signs & (STAFF | PROFESSION) != 0 && signs & WRITES == 0
        })
    }

    /// Whether the writer is what "as" begins: "as her counselor, I", "spoke to him as his therapist".
    fn speaks_as(&self, lang: Lang, next: usize) -> bool {
        let others = SUBJECT | PERSON | STAFF | PROFESSION;
        let earlier = || self.before.iter().filter(|word| word.signs & (others | WRITES) != 0);
        if let Some(nearest) = earlier().next_back() {
            return nearest.signs & WRITES != 0;
        }
        if lang == Lang::En {
            return self
                .after(lang, next)
                .take(4)
                .find(|(_, signs, _)| signs & others != 0)
                .is_some_and(|(word, signs, _)| signs & WRITES != 0 && !matches!(word, "my" | "our"));
        }
        // In Spanish the verb says who it is: "le pedí", "hablamos".
        self.after(lang, next).take(3).any(|(word, _, _)| {
            word == "yo" || word.ends_with(['é', 'í']) || word.ends_with("amos") || word.ends_with("imos")
        })
    }

    /// Whether the word at this place of those before is the writer: "this worker", and not "the crisis worker".
    fn is_writer(&self, at: usize) -> bool {
        let (word, earlier) = (&self.before[at], self.before.get(at + 1));
        let peer = |word: &Before| self.is_any(word, &["peer", "peers"]);
        if word.signs & WRITES == 0 {
            // "Peer staff", "the peer mentor".
            const BESIDE: &[&str] = &["mentor", "coach", "supporter", "navigator", "advocate", "partner"];
            return (word.signs & STAFF != 0 || self.is_any(word, BESIDE))
                && !word.parted
                && earlier.is_some_and(peer);
        }
        if !self.is_any(word, &["worker", "specialist"]) {
            return true;
        }
        const OWN: &[&str] = &["support", "recovery", "family", "parent", "certified", "wellness"];
        earlier.is_none_or(|earlier| {
            earlier.parted
                || earlier.signs & (LINK | COMMON | BREAKS | WRITES | THAT) != 0
                || self.is_any(earlier, OWN)
        })
    }

    pub(super) fn is_by_the_writer(&self, lang: Lang, acts: Range<usize>, next: usize) -> bool {
        let first = self.text[acts].split(|c| !is_word(c)).next().unwrap_or_default();
        // "Been assessing" is done by whoever has been at it, "been assessed" by somebody else.
        let lasts = first.ends_with("ing");
        if first.eq_ignore_ascii_case("as") || first.eq_ignore_ascii_case("como") {
            return self.speaks_as(lang, next);
        }
        // "I was able to assess": with "to", what lies between may be anything.
        let mut infinitive = false;
        for (at, word) in self.before.iter().enumerate() {
            if self.is_writer(at) {
                return true;
            }
            if word.signs & BREAKS != 0 {
                // "I met him and asked": whoever began the sentence goes on.
                let rest = &self.before[at..];
                let others = rest.iter().any(|word| {
                    word.signs & (SUBJECT | PERSON | STAFF | PROFESSION) != 0 && word.signs & WRITES == 0
                });
                // "Met with her and assessed": the note begins with what the writer did.
                let begins = rest.last().filter(|_| self.before.len() < READ).is_some_and(|word| {
                    let said = &self.text[word.at.clone()];
                    said.ends_with("ed")
                        || matches!(
                            said,
                            "Met"
                                | "Went"
                                | "Saw"
                                | "Had"
                                | "Did"
                                | "Took"
                                | "Sat"
                                | "Spoke"
                                | "Came"
                                | "Gave"
                                | "Drove"
                        )
                });
                return begins || rest.iter().any(|word| word.signs & WRITES != 0) || !others;
            }
            if word.parted && at == 0 {
                // "At the visit, assessed": the subject is left out.
                let known = SUBJECT | PERSON | STAFF | PROFESSION;
                return self.before.iter().all(|word| word.signs & known == 0 || word.signs & WRITES != 0);
            }
            let said = &self.text[word.at.clone()];
            infinitive |= at == 0 && said == "to";
            if word.signs & (SUBJECT | PERSON | STAFF | PROFESSION) != 0 {
                return false;
            }
            // "Peer specialist Ana".
            let named =
                self.before.get(at + 1).is_some_and(|title| title.signs & WRITES != 0 && !word.parted);
            if named && word.signs == 0 && said.starts_with(char::is_uppercase) {
                continue;
            }
            let link = word.signs & LINK != 0 && word.signs & THING == 0 || self.is_adverb(lang, word);
            // "Was assessed" is done by somebody else.
            let passive = !lasts
                && matches!(said, "was" | "were" | "been" | "being" | "be" | "is" | "are" | "get" | "got");
            if !infinitive && (!link || passive) {
                // "In my professional opinion".
                let owner = self.before.get(at + 1);
                return word.signs == 0 && owner.is_some_and(|word| self.is_any(word, &["my", "our"]));
            }
        }
        // A note that leaves its subject out: "Assessed her mood."
        true
    }

    pub(super) fn is_of_somebody(&self, lang: Lang, hit: Hit) -> bool {
        let loud = self.text[hit.start..hit.end].chars().all(|c| !c.is_lowercase());
        let (mut at, mut infinitive) = (0, false);
        while let Some(word) = self.before.get(at) {
            at += 1;
            if self.is_adverb(lang, word) {
                continue;
            }
            let said = &self.text[word.at.clone()];
            // "Trying to stay": whoever tries is looked for.
            infinitive |= matches!(said, "to" | "de" | "que");
            if let Some(further) = self.within(at) {
                at = further;
                continue;
            }
            if word.signs & (PERSON | SUBJECT) != 0 && word.signs & THING == 0 {
                return true;
            }
            if word.signs & (LINK | DENIES) != 0 && word.signs & PERSON == 0 {
                continue;
            }
            if word.signs & (BREAKS | THAT) != 0 {
                // "The bank was slow and refused": whoever began the sentence goes on.
                let rest = &self.before[at..];
                let thing = |word: &Before| word.signs & THING != 0 && word.signs & LINK == 0;
                return !rest.iter().any(thing)
                    || rest.iter().any(|word| word.signs & (PERSON | SUBJECT) != 0);
            }
            if word.signs & THING != 0 {
                return false;
            }
            // A name; letters alone, such as "ATM", are none, where not everything is in capitals.
            let quiet = loud || said.len() == 1 || said.chars().any(char::is_lowercase);
            if quiet && said.starts_with(char::is_uppercase) {
                return true;
            }
            if !infinitive {
                return false;
            }
        }
        // A note that leaves its subject out: "Clean since March."
        true
    }

    /// Where to read on, when the word before this place only tells where or which: "the man in room 6", "the line at
    /// the bank". Who it is stands before that.
    pub(super) fn within(&self, at: usize) -> Option<usize> {
        let word = &self.before[at - 1];
        if word.signs & (BREAKS | THAT | WITHIN) != 0 || word.signs & LINK != 0 && word.signs & PERSON == 0 {
            return None;
        }
        let near = self.before[at..].iter().take(3);
        let mut near = near.take_while(|word| !word.parted && word.signs & (BREAKS | SUBJECT | DENIES) == 0);
        let place = near.position(|word| word.signs & WITHIN != 0)?;
        let whole = self.before.get(at + place + 1)?;
        (whole.signs & (COMMON | WITHIN) == 0).then_some(at + place + 1)
    }

    /// Whether a thing stands before it as what it is said of: "the ad is manipulative", "the game kicks off". A noun
    /// needs a verb between, since "the shelter patients" are people.
    pub(super) fn is_of_a_thing(&self, lang: Lang, hit: Hit, is_noun: bool) -> bool {
        let is_verb = |said: &str| {
            matches!(
                said,
                "is" | "was"
                    | "are"
                    | "were"
                    | "be"
                    | "been"
                    | "s"
                    | "seems"
                    | "looks"
                    | "es"
                    | "era"
                    | "fue"
                    | "está"
                    | "estaba"
                    | "están"
                    | "son"
                    | "quedó"
                    | "parece"
            )
        };
        let first = self.text[hit.start..hit.end].split(' ').next().unwrap_or_default();
        let (mut at, mut verb) = (0, is_verb(first));
        while let Some(word) = self.before.get(at) {
            at += 1;
            let said = &self.text[word.at.clone()];
            verb |= is_verb(said);
            if self.is_adverb(lang, word) {
                continue;
            }
            if word.signs & WITHIN != 0 || word.parted {
                return false;
            }
            if let Some(further) = self.within(at) {
                at = further;
                continue;
            }
            // "The", "it", "todo": small words that may stand for anything.
            let small =
                word.signs & (LINK | COMMON | DENIES | SUBJECT | PERSON | THAT) != 0 || said.len() < 2;
            if word.signs & THING != 0 && !small {
                const ARTICLES: &[&str] =
                    &["the", "a", "an", "this", "that", "my", "our", "el", "la", "un", "una", "ese", "esta"];
                let article = self.before.get(at).is_none_or(|word| self.is_any(word, ARTICLES));
                return (verb && (is_noun || word.signs & WHEN == 0)
                    || !is_noun && article && word.signs & WHEN == 0)
                    && !said.eq_ignore_ascii_case("this")
                    && !said.eq_ignore_ascii_case("these");
            }
            if word.signs & LINK == 0 || word.signs & (PERSON | SUBJECT) != 0 {
                return false;
            }
        }
        false
    }

    /// Whether a thing follows that it only names more closely: "the problem child theater", "a broken home computer".
    pub(super) fn is_first_half(&self, lang: Lang, next: usize) -> bool {
        self.after(lang, next).next().is_some_and(|(_, signs, parted)| !parted && signs & WHOLE != 0)
    }

    pub(super) fn is_of_the_writer(&self, lang: Lang, hit: Hit, telling: bool) -> bool {
        // "As an alcoholic myself".
        let own =
            |(word, _, parted): (&str, u64, bool)| !parted && matches!(word, "myself" | "mismo" | "misma");
        let first = &self.text[self.pieces.words[hit.first].range()];
        let is_as = first.eq_ignore_ascii_case("as") || self.before.iter().any(|word| self.is_as(word));
        if is_as && self.after(lang, hit.next).take(4).any(own) {
            return true;
        }
        // "My relapse", "my own relapse"; not "my client relapsed".
        let said = |at: usize| self.before.get(at).map_or("", |word| &self.text[word.at.clone()]);
        let mine = |at: usize| matches!(said(at), "my" | "My" | "mi" | "Mi");
        if telling && (mine(0) || matches!(said(0), "own" | "propia" | "propio") && mine(1)) {
            return true;
        }
        // "I have a junkie in my group": whom the writer has is somebody else; "I have been an addict" is not.
        const HAS: &[&str] = &["have", "had", "got", "get", "ve", "tengo", "tenía", "tuve"];
        let verb = |word: &&Before| word.signs & LINK != 0 && !self.is_any(word, &["a", "an", "the"]);
        if !telling && self.before.iter().take(3).find(verb).is_some_and(|word| self.is_any(word, HAS)) {
            return false;
        }
        for word in self.before.iter().take(7) {
            if word.signs & MYSELF != 0 {
                return true;
            }
            if word.signs & LINK == 0 || word.parted && lang == Lang::En {
                return false;
            }
        }
        false
    }

    pub(super) fn is_as(&self, word: &Before) -> bool {
        self.text[word.at.clone()].eq_ignore_ascii_case("as")
            || self.text[word.at.clone()].eq_ignore_ascii_case("como")
    }

    /// Whether somebody asks for it, or asks whether: "wanted me to", "asked if I could".
    pub(super) fn is_wished(&self) -> bool {
        let words = &self.before;
        let asks = |at: usize| {
            matches!(&self.text[words[at].at.clone()], "me" | "us" | "if" | "whether" | "que" | "si")
                && words.get(at + 1).is_some_and(|word| word.signs & WISHES != 0)
                // "I asked" is what the writer did.
                && words[at + 2..].iter().find(|word| word.signs & LINK == 0).is_some_and(|by| by.signs & WRITES == 0)
        };
        (0..words.len().saturating_sub(2)).take(5).any(asks)
    }
}
