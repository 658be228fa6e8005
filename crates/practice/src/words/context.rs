//! What stands around an expression and excuses it.
//!
//! - **Quoted**: what stands in quotation marks are somebody's own words.
//! - **Named**: the name of a person, an office or a law is left as it is.
//! - **Chosen**: "she calls herself", "he prefers": people choose how they are described.
//! - **Myself**: what the writer says of themselves.
//! - **Retold**: "his brother says": words of somebody else, without marks.
//! - **Denied** or **mentioned**: "she is not", "we avoid the word".
//! - **Law and diagnosis**: "convicted of", "a diagnosis of".
//! - **Not about a person**: for terms that count only when said of somebody.
//!
//! Only a few words before and after are read, never across the end of a sentence. The words that give these signs are
//! those of grammar, the same in every state; what a pack forbids or spares stands in the pack.

use std::collections::HashMap;
use std::ops::Range;

use super::scan::Hit;
use super::text::{
    LONGEST, char_after, char_before, fold_into, is_apostrophe, is_word, word_after, word_before,
};
use super::{AboutWhom, Even, Term, TermKind};
use crate::Lang;

/// Signs that a word can give.
mod sign {
    pub const DENIES: u32 = 1;
    pub const THINKS: u32 = 1 << 1;
    /// Begins another clause.
    pub const BREAKS: u32 = 1 << 2;
    /// Who does something.
    pub const SUBJECT: u32 = 1 << 3;
    pub const SAYS: u32 = 1 << 4;
    pub const CALLS: u32 = 1 << 5;
    pub const SELF: u32 = 1 << 6;
    pub const IDENTIFIES: u32 = 1 << 7;
    pub const PREFERS: u32 = 1 << 8;
    /// "The word", "the label".
    pub const WORD: u32 = 1 << 9;
    pub const AVOIDS: u32 = 1 << 10;
    pub const DIAGNOSIS: u32 = 1 << 11;
    pub const LAW: u32 = 1 << 12;
    /// Stands between somebody and what is said of them: "is", "has been", "still", "a".
    pub const LINK: u32 = 1 << 13;
    pub const PERSON: u32 = 1 << 14;
    pub const THING: u32 = 1 << 15;
    pub const MYSELF: u32 = 1 << 16;
    pub const STAFF: u32 = 1 << 17;
    pub const TITLE: u32 = 1 << 18;
    /// After "not" it takes the denial away: "not only".
    pub const ONLY: u32 = 1 << 19;
    /// Says only which language this is.
    pub const COMMON: u32 = 1 << 22;
    pub const PROFESSION: u32 = 1 << 25;
    pub const CHILD: u32 = 1 << 23;
    pub const ADULT: u32 = 1 << 24;
    /// The writer of a note, as they call themselves.
    pub const WRITES: u32 = 1 << 21;
    /// Joins clauses, and keeps a denial or what is retold: "that".
    pub const THAT: u32 = 1 << 20;
}
use sign::*;

const ENGLISH: &[(u32, &str)] = &[
    (
        DENIES,
        "not never neither nor without cannot cant dont doesnt didnt isnt wasnt arent werent wont hasnt havent hadnt nobody none no hardly",
    ),
    (
        THINKS,
        "think thinks thinking thought believe believes say says saying said call calling called see sees mean means meant feel feels consider considers describe describes agree want",
    ),
    (
        BREAKS,
        "because but so when while after before since if although though and unless until until where whenever why then",
    ),
    (THAT, "that whether"),
    (SUBJECT, "i he she they we you it who someone somebody everyone staff"),
    (
        SAYS,
        "worries worried fears feared afraid ashamed scared wonders wondered asks asked said says say saying told tells telling thinks thought believes believed claims claimed insists insisted jokes joked joking yelled yells shouted complained complains wrote writes texted remembers heard according lists listed reads shared shares explained explains mentioned mentions admitted admits whispered swears recalled recalls confided",
    ),
    (
        CALLS,
        "call calls called calling describe describes described describing label labels labeled labelled labeling refers referred named titled entitled",
    ),
    (SELF, "himself herself themself themselves myself yourself itself ourselves"),
    (IDENTIFIES, "identify identifies identified identifying introduces introduced introduce"),
    (PREFERS, "prefers prefer preferred"),
    (WORD, "word words term terms label labels phrase phrases language wording expression wordings"),
    (
        AVOIDS,
        "avoid avoids avoiding avoided instead rather stop stopped quit banned dropped replace replaces replaced replacing",
    ),
    (DIAGNOSIS, "diagnosis diagnoses diagnosed dx icd dsm diagnostic"),
    (
        LAW,
        "law laws convicted charged charges charge sentenced statute statutes section chapter pled pleaded petition indicted felony misdemeanor code ordinance statutory legal legally cfr act indictment plea jury docket regulation regulations iep warrant",
    ),
    (
        LINK,
        "is am are was were be been being has have had having s m re ve d a an the also still now finally again just really very always once recovering former previously currently already too so quite pretty become became becoming got getting gets get stay stays stayed staying remain remains remained feel feels feeling seem seems seemed all both often sometimes today ever even totally completely fully will would can could may might used to longer not never isn wasn",
    ),
    (
        PERSON,
        "he she they him her them who i we you me us everyone everybody someone somebody nobody anyone person people man woman men women guy guys girl girls boy boys kid kids child children son sons daughter daughters mom moms mother mothers mum dad dads father fathers parent parents brother brothers sister sisters client clients patient patients peer peers member members individual individuals consumer consumers resident residents participant participants teen teens youth student students husband wife partner boyfriend girlfriend friend friends cousin uncle aunt grandma grandpa grandmother grandfather baby babies family families caregiver caregivers couple roommate tenant addict addicts alcoholic alcoholics veteran neighbor",
    ),
    (
        THING,
        "the a an this that these those it kitchen house home room apartment bathroom floor laundry record slate needle needles water air house office building site unit bill energy break driving license shirt shirts clothes dishes urine screen test today everything nothing work life school yesterday job money sleep things week weekend day days morning night parking bus traffic weather food process meeting paperwork form application month year summer winter class homework rent landlord insurance agency clinic store court bank hospital company car phone computer pharmacy program system letter road street there here prices hours monday tuesday wednesday thursday friday saturday sunday january february april august september october november december christmas thanksgiving easter halloween spring fall",
    ),
    (MYSELF, "i"),
    (STAFF, "i we staff team writer clinician therapist nurse provider worker specialist doctor counselor"),
    (TITLE, "mr mrs ms dr miss sr sra srta judge officer rev pastor st"),
    (ONLY, "only just merely simply"),
    (WRITES, "peer worker i we writer cps specialist"),
    (
        PROFESSION,
        "psychiatrist psychologist physician prescriber counselors clinic hospital school court agency judge evaluator manager officer supervisor teacher caseworker pediatrician nurses doctors clinicians",
    ),
    (
        CHILD,
        "child children kid kids son sons daughter daughters boy boys girl girls teen teens youth student baby toddler family families",
    ),
    (
        ADULT,
        "mom moms mother mothers dad dads father fathers parent parents caregiver caregivers grandmother aunt uncle husband wife own sponsor i my myself adult adults",
    ),
    (
        COMMON,
        "of to in at on by with for from his her their my our your its about into out up did do does said me us them first last next again here there today yesterday when after before some any all more one two three",
    ),
];

const SPANISH: &[(u32, &str)] = &[
    (DENIES, "no nunca jamas tampoco ni sin nadie ningun ninguna"),
    (
        THINKS,
        "creo cree creemos pienso piensa pensamos digo dice decimos decir diria llamo llama llamamos llamar veo ve vemos considero considera consideramos siento siente significa quiere",
    ),
    (BREAKS, "porque pero cuando mientras despues antes desde si aunque y hasta donde entonces pues"),
    (THAT, "que"),
    (SUBJECT, "yo el ella ellos ellas nosotros usted ustedes quien"),
    (
        SAYS,
        "siente sintio teme preocupa pregunta pregunto dice dijo dicen dijeron decia decian diciendo conto cuenta cuentan contaba comento comenta piensa pensaba cree creia insiste insistio grito grita escribio escribe bromea bromeo repite repetia segun compartio comparte explico explica menciono menciona admitio admite",
    ),
    (
        CALLS,
        "llama llamo llaman llamaba llamaban llamado llamada llamarle llamarlo llamarla describe describio dicen decirle apoda etiqueta etiquetan etiquetaron",
    ),
    (SELF, "mismo misma mismos mismas se"),
    (IDENTIFIES, "identifica identifico identificarse presenta presento considera considero define definio"),
    (PREFERS, "prefiere prefirio prefieren"),
    (WORD, "palabra palabras termino terminos etiqueta etiquetas frase frases lenguaje expresion"),
    (
        AVOIDS,
        "evitar evita evite evitamos eviten vez lugar dejar dejamos dejemos deje cambiar cambiamos reemplazar",
    ),
    (DIAGNOSIS, "diagnostico diagnosticado diagnosticada diagnosticaron cie dsm"),
    (
        LAW,
        "condenado condenada condenaron acusado acusada acusaron cargo cargos sentenciado sentenciada ley articulo seccion capitulo codigo delito estatuto",
    ),
    (
        LINK,
        "es soy era fue son eran esta estoy estaba estuvo estan sigue seguia sido ser estar ha he habia un una el la los las ya tambien todavia aun ahora muy siempre otra vez por fin queda quedo quiere mantiene mantenerse mantuvo mantenido lleva casi tan mas",
    ),
    (
        PERSON,
        "el ella ellos ellas quien yo usted persona personas hombre hombres mujer mujeres senor senora hijo hija hijos hijas nino nina ninos ninas mama papa madre padre madres padres hermano hermana hermanos joven jovenes cliente clientes paciente pacientes usuario usuaria participante participantes novio novia esposo esposa amigo amiga muchacho muchacha familia abuela abuelo tio tia primo prima todos alguien nadie companero companera adicto adicta",
    ),
    (
        THING,
        "cocina casa cuarto bano ropa piso agua aire oficina edificio apartamento cama todo nada registro historial esto eso ello lo trabajo vida escuela ayer hoy dinero cosas semana dia noche autobus trafico clima comida proceso reunion papeleo formulario mes seguro banco corte juez dueno casero clinica agencia hospital programa oficina refugio arrendador farmacia empresa sistema carta calle clase tarea renta",
    ),
    (MYSELF, "yo soy fui era me"),
    (STAFF, "yo nosotros personal equipo doctor doctora terapeuta enfermera trabajadora trabajador"),
    (TITLE, "sr sra srta dr dra don dona juez"),
    (ONLY, "solo solamente unicamente"),
    (
        CHILD,
        "hijo hija hijos hijas nino nina ninos ninas menor adolescente joven bebe estudiante familia familias",
    ),
    (
        ADULT,
        "mama madre madres papa padre padres abuela tia tio esposo esposa propia propio yo mi adulto adultos",
    ),
    (
        COMMON,
        "de del al y con para por su sus mi mis nuestro nuestra le les lo la los las un una unos en hoy ayer aqui alli ese esa este esta esos esas como cada toda todos mas",
    ),
];

/// How many words before an expression are read.
const READ: usize = 10;
/// A longer quotation is taken for a mark that was forgotten.
const LONGEST_QUOTE: usize = 2000;

/// The signs of both languages, ready to be asked.
#[derive(Debug)]
pub(super) struct Context {
    english: HashMap<&'static str, u32>,
    spanish: HashMap<&'static str, u32>,
}

impl Context {
    pub(super) fn new() -> Context {
        let gather = |all: &'static [(u32, &'static str)]| {
            let mut signs = HashMap::new();
            for (sign, words) in all {
                for word in words.split(' ') {
                    *signs.entry(word).or_insert(0) |= sign;
                }
            }
            signs
        };
        Context { english: gather(ENGLISH), spanish: gather(SPANISH) }
    }

    pub(super) fn read<'c>(&'c self, text: &'c str) -> Seen<'c> {
        Seen { context: self, text, quotes: Vec::new(), paragraph: 0..0, before: Vec::with_capacity(READ) }
    }

    fn signs(&self, lang: Lang, word: &str) -> u32 {
        let mut buffer = [0; LONGEST];
        let Some(word) = fold_into(word, &mut buffer) else { return 0 };
        let signs = if lang == Lang::En { &self.english } else { &self.spanish };
        signs.get(word).copied().unwrap_or(0)
    }
}

/// A word before an expression, and what it is a sign of.
#[derive(Debug, Clone)]
struct Before {
    at: Range<usize>,
    signs: u32,
    /// Whether a comma, colon or bracket parts it from what follows.
    parted: bool,
}

/// One text, with what was found out about it so far.
pub(super) struct Seen<'c> {
    context: &'c Context,
    text: &'c str,
    /// The quotations of the paragraph asked about last.
    quotes: Vec<Range<usize>>,
    paragraph: Range<usize>,
    /// The words before the expression asked about last, the nearest first.
    before: Vec<Before>,
}

impl Seen<'_> {
    /// Whether what stands around this expression excuses it.
    pub(super) fn excuses(&mut self, term: &Term, hit: Hit) -> bool {
        if self.is_quoted(hit) || self.is_of_a_compound(hit) {
            return true;
        }
        if !term.even.contains(&Even::Named) && self.is_name(term.lang, hit) {
            return true;
        }
        if self.is_other_language(term.lang, hit) {
            return true;
        }
        self.read_before(term.lang, hit.start);
        let counts = match term.about {
            AboutWhom::Anything => true,
            AboutWhom::Somebody => self.is_of_somebody(term.lang),
            AboutWhom::Writer => self.is_by_the_writer(term.lang),
            AboutWhom::Child => self.is_of_a_child(term.lang),
        };
        if !counts {
            return true;
        }
        let but_not = |even| !term.even.contains(&even);
        if self.is_mentioned(hit) || but_not(Even::Denied) && self.is_denied() {
            return true;
        }
        if term.kind == TermKind::Scope || term.kind == TermKind::Plain {
            return false;
        }
        self.is_chosen()
            || self.is_theirs_afterwards(term.lang, hit.end)
            || self.is_law_or_diagnosis(term.lang, hit.end)
            || but_not(Even::Myself) && self.is_of_the_writer(term.lang)
            || but_not(Even::Retold) && self.is_retold(term.lang)
    }

    /// Whether what stands around is in the other language: "criminal", "bipolar" and others are words of both.
    fn is_other_language(&self, lang: Lang, hit: Hit) -> bool {
        const NEAR: usize = 4;
        let other = if lang == Lang::En { Lang::Es } else { Lang::En };
        let (mut own, mut others) = (0, 0);
        let mut count = |word: &str| {
            let known = (self.context.signs(lang, word) != 0, self.context.signs(other, word) != 0);
            own += usize::from(known == (true, false));
            others += usize::from(known == (false, true));
        };
        let (mut start, mut end) = (hit.start, hit.end);
        for _ in 0..NEAR {
            if let Some(word) = word_before(self.text, start) {
                start = word.start;
                count(&self.text[word]);
            }
            if let Some(word) = word_after(self.text, end) {
                end = word.end;
                count(&self.text[word]);
            }
        }
        others > own + usize::from(own > 0)
    }

    /// Reads the words before a place, back to the beginning of its sentence.
    fn read_before(&mut self, lang: Lang, start: usize) {
        self.before.clear();
        let mut end = start;
        while self.before.len() < READ {
            let Some(at) = word_before(self.text, end) else { break };
            let gap = &self.text[at.end..end];
            let word = &self.text[at.clone()];
            let signs = self.context.signs(lang, word);
            if ends_sentence(gap, signs & TITLE != 0) {
                break;
            }
            let parted = gap.contains([',', ':', '(', ')', '\u{2014}', '/']);
            end = at.start;
            self.before.push(Before { at, signs, parted });
        }
        // "isn't", "don't": the letter behind the apostrophe denies.
        for at in 0..self.before.len().saturating_sub(1) {
            let (this, earlier) = (&self.before[at].at, &self.before[at + 1].at);
            let denies = lang == Lang::En
                && self.text[this.clone()].eq_ignore_ascii_case("t")
                && is_apostrophe(&self.text[earlier.end..this.start]);
            if denies {
                self.before[at].signs |= DENIES | LINK;
                self.before[at + 1].signs = LINK;
            }
        }
    }

    fn is_quoted(&mut self, hit: Hit) -> bool {
        if !self.paragraph.contains(&hit.start) {
            self.read_quotes(hit.start);
        }
        let next = self.quotes.partition_point(|quote| quote.end < hit.end);
        self.quotes.get(next).is_some_and(|quote| quote.start <= hit.start)
    }

    /// Reads the quotations of the paragraph around a place.
    fn read_quotes(&mut self, at: usize) {
        let text = self.text;
        let start = text[..at].rfind("\n\n").map_or(0, |at| at + 2);
        let end = text[at..].find("\n\n").map_or(text.len(), |found| at + found);
        self.paragraph = start..end;
        self.quotes.clear();
        let bytes = text.as_bytes();
        let (mut double, mut single): (Option<usize>, Option<usize>) = (None, None);
        let mut close = |open: &mut Option<usize>, at: usize| {
            if let Some(from) = open.take()
                && at - from <= LONGEST_QUOTE
            {
                self.quotes.push(from..at);
            }
        };
        for at in memchr::memchr3_iter(b'"', b'\'', 0xc2, &bytes[start..end])
            .chain(memchr::memchr_iter(0xe2, &bytes[start..end]))
            .map(|at| start + at)
            .collect::<std::collections::BTreeSet<usize>>()
        {
            let Some(mark) = char_after(text, at) else { continue };
            let before = char_before(text, at);
            let after = char_after(text, at + mark.len_utf8());
            let opens = before.is_none_or(|c| !is_word(c)) && after.is_some_and(|c| !c.is_whitespace());
            let closes = before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !is_word(c));
            match mark {
                '\u{201c}' | '\u{201e}' | '«' => double = Some(at),
                '\u{201d}' | '»' => close(&mut double, at),
                '"' if double.is_some() && closes => close(&mut double, at),
                '"' if opens => double = Some(at),
                '"' if double.is_some() => close(&mut double, at),
                '"' if before.is_none_or(char::is_whitespace) => double = Some(at),
                '\'' | '\u{2019}' if single.is_some() && closes => close(&mut single, at),
                '\u{2018}' => single = Some(at),
                '\'' if opens && after.is_some_and(is_word) => single = Some(at),
                // A dash at the beginning of a line begins speech in Spanish; the next one ends it.
                '\u{2014}' if before.is_none_or(|c| c == '\n') => double = Some(at),
                '\u{2014}' if double.is_some_and(|from| text[from..].starts_with('\u{2014}')) => {
                    close(&mut double, at);
                }
                _ => {}
            }
        }
        if double.is_some_and(|from| text[from..].starts_with('\u{2014}')) {
            close(&mut double, end);
        }
        // By their ends, without those that lie in another.
        self.quotes.sort_unstable_by_key(|quote| (quote.start, std::cmp::Reverse(quote.end)));
        let mut last = 0;
        self.quotes.retain(|quote| {
            let keeps = quote.end > last;
            last = last.max(quote.end);
            keeps
        });
    }

    /// Whether a hyphen makes it the half of another word: "psycho-social".
    fn is_of_a_compound(&self, hit: Hit) -> bool {
        let hyphen = |c: Option<char>| c.is_some_and(super::text::is_hyphen);
        let before = char_before(self.text, hit.start);
        let after = char_after(self.text, hit.end);
        let earlier = before.and_then(|c| char_before(self.text, hit.start - c.len_utf8()));
        let later = after.and_then(|c| char_after(self.text, hit.end + c.len_utf8()));
        hyphen(before) && earlier.is_some_and(is_word) || hyphen(after) && later.is_some_and(is_word)
    }

    /// Whether the sentence says after it whose word it is: "as he puts it", "in her words".
    fn is_theirs_afterwards(&self, lang: Lang, end: usize) -> bool {
        let (mut at, mut before) = (end, "");
        for _ in 0..7 {
            let Some(word) = word_after(self.text, at) else { return false };
            if ends_sentence(&self.text[at..word.start], false) {
                return false;
            }
            let (now, signs) = (&self.text[word.clone()], self.context.signs(lang, &self.text[word.clone()]));
            let as_they =
                matches!(before, "he" | "she" | "they") && (signs & (SAYS | CALLS) != 0 || now == "puts");
            let in_words =
                matches!(before, "his" | "her" | "their" | "own" | "sus" | "propias") && signs & WORD != 0;
            if as_they || in_words {
                return true;
            }
            (at, before) = (word.end, now);
        }
        false
    }

    /// Whether it is not a grown person's own: "the mother's own", "Mom is in".
    fn is_of_a_child(&self, lang: Lang) -> bool {
        let passed = |word: &&Before| {
            (word.signs & (LINK | COMMON) != 0 || self.is_adverb(lang, word))
                && word.signs & (CHILD | ADULT) == 0
        };
        let owner = self.before.iter().find(|word| !passed(word));
        owner.is_none_or(|word| word.signs & ADULT == 0 || word.signs & CHILD != 0)
    }

    /// Whether it is part of a name: a capital inside a sentence beside another one, or a title before it.
    fn is_name(&self, lang: Lang, hit: Hit) -> bool {
        let text = self.text;
        let capital = |at: &Range<usize>| text[at.clone()].chars().next().is_some_and(char::is_uppercase);
        let shouted = |at: &Range<usize>| at.len() > 1 && !text[at.clone()].chars().any(char::is_lowercase);
        let mut inside = word_after(text, hit.start);
        let mut all = true;
        while let Some(word) = inside.filter(|word| word.end <= hit.end) {
            // Small words stand small in names.
            all &= capital(&word) || word.len() <= 3;
            all &= !shouted(&word) || word.len() <= 1;
            inside = word_after(text, word.end);
        }
        let first = char_after(text, hit.start).is_some_and(char::is_uppercase);
        if !first || !all {
            return false;
        }
        let before = word_before(text, hit.start);
        if let Some(before) = &before {
            let gap = &text[before.end..hit.start];
            let title = self.context.signs(lang, &text[before.clone()]) & TITLE != 0;
            if title && matches!(gap, " " | ". ") {
                return true;
            }
            if gap == " " && capital(before) && !self.begins_sentence(lang, before.start) {
                return true;
            }
            if gap == " " && capital(before) && before.len() > 3 && !shouted(before) {
                return true;
            }
        }
        let after = word_after(text, hit.end).filter(|after| &text[hit.end..after.start] == " ");
        after.is_some_and(|after| capital(&after) && !shouted(&after) && after.len() > 1)
            && !self.begins_sentence(lang, hit.start)
    }

    fn begins_sentence(&self, lang: Lang, at: usize) -> bool {
        let Some(before) = word_before(self.text, at) else { return true };
        let title = self.context.signs(lang, &self.text[before.clone()]) & TITLE != 0;
        let gap = &self.text[before.end..at];
        ends_sentence(gap, title) || gap.contains([':', '\n', '"', '\u{201c}'])
    }

    /// Whether the word is an adverb by its ending, such as "politely".
    fn is_adverb(&self, lang: Lang, word: &Before) -> bool {
        let text = &self.text[word.at.clone()];
        text.ends_with(if lang == Lang::En { "ly" } else { "mente" }) && text.len() > 4
    }

    fn is_by_the_writer(&self, lang: Lang) -> bool {
        // "I was able to assess": with "to", what lies between may be anything.
        let mut infinitive = false;
        for (at, word) in self.before.iter().enumerate() {
            if word.signs & WRITES != 0 {
                return true;
            }
            if word.signs & BREAKS != 0 {
                // "I met him and asked": whoever began the sentence goes on.
                let rest = &self.before[at..];
                let others = rest.iter().any(|word| {
                    word.signs & (SUBJECT | PERSON | STAFF | PROFESSION) != 0 && word.signs & WRITES == 0
                });
                return rest.iter().any(|word| word.signs & WRITES != 0) || !others;
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
            let link = word.signs & LINK != 0 && word.signs & THING == 0 || self.is_adverb(lang, word);
            // "was assessed" is done by somebody else.
            let passive =
                matches!(said, "was" | "were" | "been" | "being" | "be" | "is" | "are" | "get" | "got");
            if !infinitive && (!link || passive) {
                return false;
            }
        }
        // A note that leaves its subject out: "Assessed her mood."
        true
    }

    fn is_of_somebody(&self, lang: Lang) -> bool {
        for word in &self.before {
            if self.is_adverb(lang, word) {
                continue;
            }
            if word.signs & (PERSON | SUBJECT) != 0 && word.signs & THING == 0 {
                return true;
            }
            if word.signs & (LINK | DENIES) != 0 && word.signs & PERSON == 0 {
                continue;
            }
            if word.signs & (THING | BREAKS | THAT) != 0 {
                return word.signs & (BREAKS | THAT) != 0;
            }
            let name = &self.text[word.at.clone()];
            return name.chars().next().is_some_and(char::is_uppercase);
        }
        // A note that leaves its subject out: "Clean since March."
        true
    }

    fn is_denied(&self) -> bool {
        let words = &self.before;
        let denies = |at: usize| {
            words.get(at).is_some_and(|word| word.signs & DENIES != 0)
                && !(at > 0 && words[at - 1].signs & ONLY != 0)
        };
        for (at, word) in words.iter().enumerate() {
            if word.parted && at > 0 && word.signs & DENIES == 0 {
                return false;
            }
            if denies(at) {
                return at < 7;
            }
            if word.signs & (BREAKS | THAT) != 0 && denies(at + 1) {
                return true;
            }
            if word.signs & (SUBJECT | THAT) != 0 && word.signs & DENIES == 0 {
                // "I don't think that she is": the denial reaches over the subject.
                let reach = words.iter().enumerate().skip(at + 1).take(3);
                let thinks = reach.clone().find(|(_, word)| word.signs & THINKS != 0);
                return thinks.is_some_and(|(at, _)| denies(at + 1) || denies(at + 2));
            }
            if word.signs & BREAKS != 0 {
                return false;
            }
        }
        false
    }

    fn is_mentioned(&self, hit: Hit) -> bool {
        let near = |most: usize, sign: u32| self.before.iter().take(most).any(|word| word.signs & sign != 0);
        let near_but = |most: usize, sign: u32, until: u32| {
            let words = self.before.iter().take(most).take_while(|word| word.signs & until == 0);
            words.into_iter().any(|word| word.signs & sign != 0)
        };
        let text = self.text;
        // The name of a film or a song.
        let titled = |word: &Before| {
            matches!(
                &text[word.at.clone()],
                "movie"
                    | "film"
                    | "song"
                    | "book"
                    | "band"
                    | "show"
                    | "album"
                    | "novel"
                    | "película"
                    | "canción"
                    | "libro"
            )
        };
        if char_after(text, hit.start).is_some_and(char::is_uppercase)
            && self.before.first().is_some_and(titled)
        {
            return true;
        }
        near(3, WORD) || near_but(4, AVOIDS, SUBJECT | BREAKS)
    }

    fn is_chosen(&self) -> bool {
        let find =
            |most: usize, sign: u32| self.before.iter().take(most).position(|word| word.signs & sign != 0);
        if find(4, IDENTIFIES).is_some() {
            return true;
        }
        if find(4, SELF).is_some() && find(7, CALLS | SAYS | THINKS | PREFERS).is_some() {
            return true;
        }
        find(4, PREFERS).is_some_and(|at| self.before[..at].iter().all(|word| word.signs & SUBJECT == 0))
    }

    fn is_of_the_writer(&self, lang: Lang) -> bool {
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

    fn is_retold(&self, lang: Lang) -> bool {
        for (at, word) in self.before.iter().enumerate().take(8) {
            if word.signs & (SAYS | CALLS) != 0 {
                // "She believes in": what follows is no clause.
                if at > 0
                    && matches!(&self.text[self.before[at - 1].at.clone()], "in" | "of" | "about" | "en")
                {
                    return false;
                }
                let who = self.before[at + 1..].iter().find(|word| word.signs & LINK == 0);
                let by_staff = who.is_some_and(|who| who.signs & STAFF != 0);
                // In Spanish the verb says whether it was the writer.
                return !by_staff || lang == Lang::Es && who.is_some_and(|who| who.signs & SUBJECT == 0);
            }
            if word.signs & BREAKS != 0 && word.signs & THAT == 0 {
                return false;
            }
        }
        false
    }

    fn is_law_or_diagnosis(&self, lang: Lang, end: usize) -> bool {
        let words = self.before.iter().take(5).take_while(|word| word.signs & (SUBJECT | BREAKS) == 0);
        if words.into_iter().any(|word| word.signs & (DIAGNOSIS | LAW) != 0) {
            return true;
        }
        let Some(after) = word_after(self.text, end) else { return false };
        let gap = &self.text[end..after.start];
        gap.len() <= 2
            && !ends_sentence(gap, false)
            && self.context.signs(lang, &self.text[after]) & (LAW | DIAGNOSIS) != 0
    }
}

/// Whether a sentence ends in what stands between two words.
fn ends_sentence(gap: &str, after_title: bool) -> bool {
    if matches!(gap, " " | ", ") {
        return false;
    }
    let dot = gap.starts_with('.') && !(after_title || gap == ".");
    dot || gap.contains(['!', '?', ';', '\u{2026}', '\u{2022}', '¿', '¡'])
        || gap.contains("\n\n")
        || gap.contains("\n-")
        || gap.contains("\n*")
        || gap.contains('.') && !gap.starts_with('.')
}
