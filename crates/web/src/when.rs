//! Dates, times, lists and order, as each language says and sorts them.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_datetime::fieldsets::{MD, MDE, T, YMD, YMDE};
use icu_datetime::input::{Date, Time};
use icu_datetime::{DateTimeFormatter, NoCalendarFormatter};
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_locale_core::{Locale, locale};
use jiff::civil;
use jiff_icu::ConvertInto;
use porchlight_practice::Lang;

const EN: Locale = locale!("en-US");
const ES: Locale = locale!("es-US");

struct Formats {
    day: Option<DateTimeFormatter<MDE>>,
    day_with_year: Option<DateTimeFormatter<YMDE>>,
    short: Option<DateTimeFormatter<MD>>,
    date: Option<DateTimeFormatter<YMD>>,
    time: Option<NoCalendarFormatter<T>>,
    list: Option<ListFormatter>,
    collator: Option<CollatorBorrowed<'static>>,
}

impl Formats {
    fn of(locale: &Locale) -> Formats {
        Formats {
            day: DateTimeFormatter::try_new(locale.into(), MDE::long()).ok(),
            day_with_year: DateTimeFormatter::try_new(locale.into(), YMDE::long()).ok(),
            short: DateTimeFormatter::try_new(locale.into(), MD::medium()).ok(),
            date: DateTimeFormatter::try_new(locale.into(), YMD::long()).ok(),
            time: NoCalendarFormatter::try_new(locale.into(), T::hm()).ok(),
            list: ListFormatter::try_new_and(
                locale.into(),
                ListFormatterOptions::default().with_length(ListLength::Wide),
            )
            .ok(),
            collator: icu_collator::Collator::try_new(
                CollatorPreferences::from(locale),
                CollatorOptions::default(),
            )
            .ok(),
        }
    }
}

thread_local! {
    // Made once a thread: the formatters hold their data without locks and so cannot be shared.
    static FORMATS: [Formats; 2] = [Formats::of(&EN), Formats::of(&ES)];
}

fn formats<R>(lang: Lang, use_them: impl FnOnce(&Formats) -> R) -> R {
    FORMATS.with(|both| {
        use_them(match lang {
            Lang::En => &both[0],
            Lang::Es => &both[1],
        })
    })
}

fn icu(date: civil::Date) -> Date<icu_calendar::Iso> {
    date.convert_into()
}

/// "Thursday, November 19"; with the year when it is not the year of `today`.
pub fn day(lang: Lang, date: civil::Date, today: civil::Date) -> String {
    formats(lang, |formats| {
        if date.year() == today.year() {
            formats.day.as_ref().map(|format| format.format(&icu(date)).to_string())
        } else {
            formats.day_with_year.as_ref().map(|format| format.format(&icu(date)).to_string())
        }
    })
    .unwrap_or_else(|| date.to_string())
}

/// "Nov 19", for narrow columns.
pub fn short_day(lang: Lang, date: civil::Date) -> String {
    formats(lang, |formats| formats.short.as_ref().map(|format| format.format(&icu(date)).to_string()))
        .unwrap_or_else(|| date.to_string())
}

/// "November 19, 2026".
pub fn date(lang: Lang, date: civil::Date) -> String {
    formats(lang, |formats| formats.date.as_ref().map(|format| format.format(&icu(date)).to_string()))
        .unwrap_or_else(|| date.to_string())
}

/// "4:30 pm", "4:30 p. m.".
pub fn time(lang: Lang, time: civil::Time) -> String {
    let input: Time = time.convert_into();
    let said = formats(lang, |formats| formats.time.as_ref().map(|format| format.format(&input).to_string()));
    // English writes AM and PM in capitals; small letters shout less. The space must not break the line.
    let Some(said) = said else { return time.to_string() };
    said.replace('\u{202f}', "\u{a0}").replace("AM", "am").replace("PM", "pm")
}

/// "Ana, Bo, and Chen", "Ana, Bo y Chen".
pub fn list<S: AsRef<str>>(lang: Lang, items: &[S]) -> String {
    formats(lang, |formats| {
        formats.list.as_ref().map(|format| format.format(items.iter().map(AsRef::as_ref)).to_string())
    })
    .unwrap_or_else(|| items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "))
}

/// The order of two names for a reader of that language: "Ángel" beside "Angela", not after "Zoe".
pub fn compare(lang: Lang, left: &str, right: &str) -> Ordering {
    formats(lang, |formats| formats.collator.as_ref().map(|collator| collator.compare(left, right)))
        .unwrap_or_else(|| left.cmp(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: civil::Date = civil::date(2026, 11, 19);

    #[test]
    fn days_in_words() {
        assert_eq!(day(Lang::En, TODAY, TODAY), "Thursday, November 19");
        assert_eq!(day(Lang::Es, TODAY, TODAY), "jueves, 19 de noviembre");
        assert_eq!(day(Lang::En, civil::date(2025, 1, 2), TODAY), "Thursday, January 2, 2025");
        assert_eq!(date(Lang::En, TODAY), "November 19, 2026");
        assert_eq!(date(Lang::Es, TODAY), "19 de noviembre de 2026");
        assert_eq!(short_day(Lang::En, TODAY), "Nov 19");
    }

    #[test]
    fn times_in_words() {
        assert_eq!(time(Lang::En, civil::time(16, 30, 0, 0)), "4:30\u{a0}pm");
        assert_eq!(time(Lang::Es, civil::time(16, 30, 0, 0)), "4:30\u{a0}p.m.");
        assert_eq!(time(Lang::En, civil::time(0, 5, 0, 0)), "12:05\u{a0}am");
    }

    #[test]
    fn lists_in_words() {
        assert_eq!(list(Lang::En, &["Ana", "Bo", "Chen"]), "Ana, Bo, and Chen");
        assert_eq!(list(Lang::Es, &["Ana", "Bo", "Inés"]), "Ana, Bo e Inés");
        assert_eq!(list::<&str>(Lang::En, &[]), "");
    }

    #[test]
    fn names_sort_as_people_expect() {
        let mut names = ["Zoe", "Ángel", "andrea", "Nuñez", "Nunez", "Angela"];
        names.sort_by(|left, right| compare(Lang::Es, left, right));
        assert_eq!(names, ["andrea", "Ángel", "Angela", "Nunez", "Nuñez", "Zoe"]);
    }
}
