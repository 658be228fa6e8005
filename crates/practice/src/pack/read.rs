//! Reading TOML with its places, so that every fault can say where it is and what would be right.
//!
//! An [`Entry`] hands out values by key and remembers which keys were asked for; what nobody asked for is unknown.
//! So the keys are named once, where they are read. A wrong value makes a fault and reading goes on, so that an
//! author sees everything at once.

use std::cell::RefCell;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::{Fault, SettingValue, SourceFile};
use crate::Text;

/// Everything found wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub(crate) fn at_start(&self, file: &str, message: impl Into<String>) {
        self.push(Fault { file: file.to_owned(), line: 1, column: 1, message: message.into() });
    }

    pub(crate) fn at(&self, file: &str, line: usize, column: usize, message: impl Into<String>) {
        self.push(Fault { file: file.to_owned(), line, column, message: message.into() });
    }

    fn push(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    pub(crate) fn into_sorted(self) -> Vec<Fault> {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}

/// A file and its tables. A file that is no TOML has made its faults and has whatever could still be read.
pub(crate) struct Parsed<'a> {
    pub(crate) path: &'a str,
    text: &'a str,
    table: DeTable<'a>,
    /// Whether the text is TOML at all; what is missing from a broken file is not reported again.
    pub(crate) whole: bool,
}

impl<'a> Parsed<'a> {
    pub(crate) fn new(file: &'a SourceFile, faults: &Faults) -> Parsed<'a> {
        let (table, errors) = DeTable::parse_recoverable(&file.text);
        let parsed = Parsed {
            path: &file.path,
            text: &file.text,
            table: table.into_inner(),
            whole: errors.is_empty(),
        };
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            parsed.push(faults, at, format!("this is not TOML: {}", error.message()));
        }
        parsed
    }

    /// The line and character of a byte, both from 1.
    pub(crate) fn position(&self, byte: usize) -> (usize, usize) {
        // A parser may point behind the end, or into the middle of a letter.
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = &self.text[..byte];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// A fault in what the file says. What was rescued from a file that is no TOML may be missing the half of it,
    /// so of such a file only the broken places are told.
    fn fault(&self, faults: &Faults, span: Range<usize>, message: impl Into<String>) {
        if self.whole {
            self.push(faults, span, message.into());
        }
    }

    fn push(&self, faults: &Faults, span: Range<usize>, message: String) {
        let (line, column) = self.position(span.start);
        faults.push(Fault { file: self.path.to_owned(), line, column, message });
    }

    /// The table called `[name]`, if there is one.
    pub(crate) fn table<'p>(&'p self, name: &'static str, faults: &'p Faults) -> Option<Entry<'p>> {
        let value = self.table.get(name)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Entry::new(self, faults, name, table, value.span())),
            other => {
                let message = format!("`{name}` must be a table, written [{name}], not {}", kind(other));
                self.fault(faults, value.span(), message);
                None
            }
        }
    }

    /// The tables called `[[name]]`, in the order of the file.
    pub(crate) fn tables<'p>(&'p self, name: &'static str, faults: &'p Faults) -> Vec<Entry<'p>> {
        let Some(value) = self.table.get(name) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            let message = format!("each {name} is written under [[{name}]], with two brackets");
            self.fault(faults, value.span(), message);
            return Vec::new();
        };
        array
            .iter()
            .filter_map(|item| match item.get_ref() {
                DeValue::Table(table) => Some(Entry::new(self, faults, name, table, item.span())),
                other => {
                    let message = format!("each {name} is a table, not {}", kind(other));
                    self.fault(faults, item.span(), message);
                    None
                }
            })
            .collect()
    }

    /// Faults for every table whose name nobody knows.
    pub(crate) fn only(&self, known: &[&'static str], faults: &Faults) {
        for key in self.table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let message = format!(
                    "unknown table `{}`{}",
                    shown(key.get_ref()),
                    meant(key.get_ref(), known).unwrap_or_default()
                );
                self.fault(faults, key.span(), message);
            }
        }
    }
}

/// One table of a file.
pub(crate) struct Entry<'p> {
    file: &'p Parsed<'p>,
    faults: &'p Faults,
    /// What such a table is called, for messages.
    pub(crate) what: &'static str,
    table: &'p DeTable<'p>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'p> Entry<'p> {
    fn new(
        file: &'p Parsed<'p>,
        faults: &'p Faults,
        what: &'static str,
        table: &'p DeTable<'p>,
        span: Range<usize>,
    ) -> Entry<'p> {
        Entry { file, faults, what, table, span, asked: RefCell::default() }
    }

    /// Where this entry stands, as `file:line:column`.
    pub(crate) fn place(&self) -> String {
        let (line, column) = self.file.position(self.span.start);
        format!("{}:{line}:{column}", self.file.path)
    }

    /// The folder it stands in.
    pub(super) fn folder(&self) -> &'p str {
        self.file.path.split('/').next().unwrap_or_default()
    }

    /// A fault at the entry itself.
    pub(crate) fn fault(&self, message: impl Into<String>) {
        self.file.fault(self.faults, self.span.clone(), message);
    }

    /// A fault at the value of a key, or at the entry when the key is not there.
    pub(crate) fn fault_at(&self, key: &str, message: impl Into<String>) {
        let span = self.table.get(key).map_or_else(|| self.span.clone(), Spanned::span);
        self.file.fault(self.faults, span, message);
    }

    fn find(&self, key: &'static str) -> Option<&'p Spanned<DeValue<'p>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, right: &str) {
        let message = format!("`{key}` must be {right}, not {}", kind(value.get_ref()));
        self.file.fault(self.faults, value.span(), message);
    }

    fn required<T>(&self, key: &'static str, example: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.table.contains_key(key) {
            self.fault(format!("this {} needs `{key} = {example}`", spaced(self.what)));
        }
        value
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Text that is not empty, if the key is there.
    pub(crate) fn maybe_text(&self, key: &'static str) -> Option<String> {
        let value = self.find(key)?;
        let DeValue::String(text) = value.get_ref() else {
            self.wrong(key, value, "text in quotes");
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            self.fault_at(key, format!("`{key}` is empty; write the words or leave the key away"));
            return None;
        }
        Some(text.to_owned())
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<String> {
        let value = self.maybe_text(key);
        self.required(key, "\"…\"", value)
    }

    /// The same words in each language, if the key is there.
    pub(crate) fn maybe_words(&self, key: &'static str) -> Option<Text> {
        let value = self.find(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(key, value, "in both languages, { en = \"…\", es = \"…\" }");
            return None;
        };
        let both = Entry::new(self.file, self.faults, key, table, value.span());
        let (en, es) = (both.language("en"), both.language("es"));
        both.finish();
        Some(Text { en: en?, es: es? })
    }

    fn language(&self, key: &'static str) -> Option<String> {
        let value = self.maybe_text(key);
        if value.is_none() && !self.has(key) {
            let language = if key == "en" { "English" } else { "Spanish" };
            self.fault(format!("`{}` has no {language}; add `{key} = \"…\"`", self.what));
        }
        value
    }

    pub(crate) fn words(&self, key: &'static str) -> Option<Text> {
        let value = self.maybe_words(key);
        self.required(key, "{ en = \"…\", es = \"…\" }", value)
    }

    pub(crate) fn maybe_flag(&self, key: &'static str) -> Option<bool> {
        let value = self.find(key)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        self.wrong(key, value, "true or false");
        None
    }

    pub(crate) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.maybe_flag(key);
        self.required(key, "true or false", value)
    }

    pub(crate) fn maybe_number(&self, key: &'static str) -> Option<u32> {
        let value = self.find(key)?;
        let DeValue::Integer(number) = value.get_ref() else {
            self.wrong(key, value, "a whole number");
            return None;
        };
        let number = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|n| *n <= 1_000_000);
        if number.is_none() {
            self.fault_at(key, format!("`{key}` must be a whole number from 0 to 1000000"));
        }
        number
    }

    pub(crate) fn number(&self, key: &'static str) -> Option<u32> {
        let value = self.maybe_number(key);
        self.required(key, "1", value)
    }

    /// A whole number, or the name of a setting that gives it.
    pub(crate) fn maybe_number_or_name(&self, key: &'static str) -> Option<Result<u32, String>> {
        match self.table.get(key).map(Spanned::get_ref) {
            Some(DeValue::String(_)) => self.name(key).map(Err),
            _ => self.maybe_number(key).map(Ok),
        }
    }

    /// A number such as 2 or 1.5, in thousandths.
    pub(crate) fn maybe_thousandths(&self, key: &'static str) -> Option<u32> {
        let value = self.find(key)?;
        let text = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                self.wrong(key, value, "a number such as 2 or 1.5");
                return None;
            }
        };
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let number = (digits(whole) && digits(part) && part.len() <= 3)
            .then(|| format!("{whole}{part:0<3}").parse::<u32>().ok())
            .flatten()
            .filter(|number| *number <= 100_000_000);
        if number.is_none() {
            self.fault_at(key, format!("`{key}` must be a number from 0 to 100000, such as 2 or 1.5"));
        }
        number
    }

    /// Hours such as 2 or 1.5, in minutes.
    pub(crate) fn maybe_hours(&self, key: &'static str) -> Option<u32> {
        let thousandths = self.maybe_thousandths(key)?;
        if !(u64::from(thousandths) * 60).is_multiple_of(1000) {
            self.fault_at(key, format!("`{key}` must come to whole minutes; 1.25 hours are 75 minutes"));
            return None;
        }
        u32::try_from(u64::from(thousandths) * 60 / 1000).ok()
    }

    /// The value of a setting: true or false, a whole number, or the id of an option.
    pub(crate) fn value(&self, key: &'static str) -> Option<SettingValue> {
        match self.table.get(key).map(Spanned::get_ref) {
            Some(DeValue::Boolean(_)) => self.flag(key).map(SettingValue::YesNo),
            Some(DeValue::Integer(_)) => self.number(key).map(SettingValue::Number),
            _ => self.name(key).map(SettingValue::Choice),
        }
    }

    /// The line and character where this entry stands.
    pub(crate) fn position(&self) -> (&'p str, usize, usize) {
        let (line, column) = self.file.position(self.span.start);
        (self.file.path, line, column)
    }

    pub(crate) fn maybe_date(&self, key: &'static str) -> Option<Date> {
        let value = self.find(key)?;
        let right = "a day such as 2025-02-17, without quotes and without a time";
        let DeValue::Datetime(Datetime { date: Some(day), time: None, offset: None }) = value.get_ref()
        else {
            match value.get_ref() {
                DeValue::Datetime(_) => self.fault_at(key, format!("`{key}` must be {right}")),
                _ => self.wrong(key, value, right),
            }
            return None;
        };
        let date = i16::try_from(day.year)
            .ok()
            .zip(i8::try_from(day.month).ok().zip(i8::try_from(day.day).ok()))
            .and_then(|(year, (month, day))| Date::new(year, month, day).ok());
        if date.is_none() {
            self.fault_at(key, format!("`{key}` is no day in the calendar; write {right}"));
        }
        date
    }

    /// One of a closed set of names, if the key is there.
    pub(crate) fn maybe_one_of<T: Copy>(&self, key: &'static str, names: &[(&'static str, T)]) -> Option<T> {
        let text = self.maybe_text(key)?;
        let found = one_of(&text, names);
        if found.is_none() {
            self.fault_at(key, no_such(key, &text, names));
        }
        found
    }

    pub(crate) fn one_of<T: Copy>(&self, key: &'static str, names: &[(&'static str, T)]) -> Option<T> {
        let value = self.maybe_one_of(key, names);
        let example =
            format!("\"{}\"", names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("\" or \""));
        self.required(key, &example, value)
    }

    /// A list of texts; empty when the key is not there.
    pub(crate) fn texts(&self, key: &'static str) -> Option<Vec<String>> {
        let value = self.find(key)?;
        let right = "a list of texts, [\"…\", \"…\"]";
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong(key, value, right);
            return None;
        };
        let texts: Vec<String> = array
            .iter()
            .filter_map(|item| match item.get_ref() {
                DeValue::String(text) => Some(text.trim().to_owned()),
                _ => {
                    self.wrong(key, item, right);
                    None
                }
            })
            .collect();
        Some(texts)
    }

    /// A list of names; empty when the key is not there.
    pub(crate) fn names(&self, key: &'static str) -> Vec<String> {
        let mut names = self.texts(key).unwrap_or_default();
        names.retain(|name| {
            let good = is_name(name);
            if !good {
                let message =
                    format!("`{}` is no name; use small letters, digits and underscores", shown(name));
                self.fault_at(key, message);
            }
            good
        });
        names
    }

    /// A table inside this one.
    pub(crate) fn inner(&self, key: &'static str) -> Option<Entry<'p>> {
        let value = self.find(key)?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Entry::new(self.file, self.faults, key, table, value.span()));
        }
        self.wrong(key, value, "a table, { … }");
        None
    }

    /// The tables in a list inside this one.
    pub(crate) fn inners(&self, key: &'static str) -> Vec<Entry<'p>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong(key, value, "a list of tables");
            return Vec::new();
        };
        array
            .iter()
            .filter_map(|item| match item.get_ref() {
                DeValue::Table(table) => Some(Entry::new(self.file, self.faults, key, table, item.span())),
                _ => {
                    self.wrong(key, item, "a list of tables");
                    None
                }
            })
            .collect()
    }

    /// A name of small letters, digits and underscores.
    pub(crate) fn name(&self, key: &'static str) -> Option<String> {
        let value = self.maybe_name(key);
        self.required(key, "\"…\"", value)
    }

    /// The same, if the key is there.
    pub(crate) fn maybe_name(&self, key: &'static str) -> Option<String> {
        let text = self.maybe_text(key)?;
        if !is_name(&text) {
            let message =
                format!("`{key}` is a name of small letters, digits and underscores, such as `our_office`");
            self.fault_at(key, message);
            return None;
        }
        Some(text)
    }

    /// Faults for every key that nobody asked for.
    pub(crate) fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            if !asked.contains(&key.get_ref().as_ref()) {
                let hint = meant(key.get_ref(), &asked)
                    .unwrap_or_else(|| format!("; {} has {}", a(self.what), listed(&asked)));
                let message = format!("unknown key `{}`{hint}", shown(key.get_ref()));
                self.file.fault(self.faults, key.span(), message);
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    text.len() <= 60
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

pub(crate) fn one_of<T: Copy>(text: &str, names: &[(&'static str, T)]) -> Option<T> {
    names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}

/// "`strenght` is no note element; did you mean `strengths`?", or the whole list when nothing is near.
pub(crate) fn no_such<T>(what: &str, text: &str, names: &[(&'static str, T)]) -> String {
    let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let hint = meant(text, &names).unwrap_or_else(|| format!("; it can be {}", listed(&names)));
    format!("`{}` is not a known {}{hint}", shown(text), spaced(what))
}

/// "; did you mean `contact_kind`?" when something known is near.
pub(crate) fn meant(text: &str, known: &[&str]) -> Option<String> {
    if text.len() > 60 {
        return None;
    }
    let plain = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&plain(text), &plain(name)), name))
        .filter(|(distance, name)| *distance <= (name.len() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| format!("; did you mean `{name}`?"))
}

/// The name of a table or key as it stands in a sentence.
pub(crate) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// The same with its article.
pub(crate) fn a(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {}", spaced(name))
}

pub(crate) fn listed(names: &[&str]) -> String {
    let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.sort();
    names.dedup();
    names.join(", ")
}

/// Somebody else's text, short and on one line, as it may stand in a message.
pub(crate) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(40).flat_map(char::escape_debug).collect();
    if text.chars().count() > 40 {
        short.push('…');
    }
    short
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a day or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
