use super::*;
use crate::Text;
use jiff::civil::date;
use proptest::prelude::*;

fn text(words: &str) -> Text {
    Text { en: words.into(), es: words.into() }
}

fn question(id: &str, kind: QuestionKind) -> Question {
    Question {
        id: id.into(),
        ask: text("?"),
        help: None,
        example: None,
        skip: true,
        kind,
        beside: None,
        into: None,
        again: false,
        danger: Vec::new(),
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn words(words: &str) -> Answer {
    Answer::Words { words: words.into() }
}

/// Keeps what a form changed, as the store would.
fn keep(document: &mut Document, by: u128, second: i64, changes: Vec<Writing>) -> Vec<i64> {
    let mut numbers = Vec::new();
    for Writing { question, item, over, first, answer } in changes {
        let number = document.newest() + 1;
        numbers.push(number);
        document.revisions.push(Revision {
            id: AnswerId(Uuid::from_u128(u128::try_from(number).unwrap())),
            number,
            question,
            item,
            over,
            first: first.unwrap_or(number),
            by: AccountId(Uuid::from_u128(by)),
            at: at(second),
            answer,
        });
    }
    numbers
}

fn say(text: &str) -> Vec<(String, ItemId, Answer)> {
    vec![("q".into(), Document::ONLY, words(text))]
}

#[test]
fn two_people_at_once_lose_nothing() {
    let mut document = Document::new(Vec::new());
    let first = document.changes(say("I cook."));
    keep(&mut document, 1, 0, first);
    // Both open the page now.
    let seen = Seen::up_to(document.newest());
    let mine = document.as_seen(&seen).changes(say("I cook for my son."));
    let sent = keep(&mut document, 1, 10, mine);
    let theirs = document.as_seen(&seen).changes(say("I cook on Sundays."));
    keep(&mut document, 2, 11, theirs);
    let items = document.items("q");
    let shown: Vec<&Answer> = items[0].texts.iter().map(|text| &text.answer).collect();
    assert_eq!(shown, [&words("I cook on Sundays."), &words("I cook for my son.")]);
    // The first goes on writing without having seen the other's words, and goes over none of them.
    let seen = seen.with(sent);
    let more = document.as_seen(&seen).changes(say("I cook for my son. He likes it."));
    keep(&mut document, 1, 20, more);
    assert_eq!(document.items("q")[0].texts.len(), 2);
    // Whoever sees both and keeps both, keeps both in one.
    let both = document.items("q")[0].shown();
    assert_eq!(both, words("I cook for my son. He likes it.\n\nI cook on Sundays."));
    assert_eq!(document.changes(vec![("q".into(), Document::ONLY, both)]), []);
    let settled = document.changes(say("I cook for my son on Sundays."));
    keep(&mut document, 1, 30, settled);
    assert!(!document.items("q")[0].is_clash());
}

#[test]
fn an_earlier_version_can_be_read_and_brought_back() {
    let mut document = Document::new(Vec::new());
    let morning = document.changes(say("Walk."));
    keep(&mut document, 1, 0, morning);
    let evening = document.changes(say("Walk to the river."));
    keep(&mut document, 1, 36_000, evening);
    assert_eq!(document.versions(), [at(36_000), at(0)]);
    assert_eq!(document.as_of(at(0)).items("q")[0].answer(), &words("Walk."));
    let back = document.bring_back(at(0));
    keep(&mut document, 1, 72_000, back);
    assert_eq!(document.items("q")[0].answer(), &words("Walk."));
    assert_eq!(document.as_of(at(36_000)).items("q")[0].answer(), &words("Walk to the river."));
    assert_eq!(document.bring_back(at(0)), []);
}

#[test]
fn each_kind_of_question_reads_its_answers_and_refuses_others() {
    let scale = QuestionKind::Scale { low: 0, high: 10, low_name: text("no"), high_name: text("yes") };
    let choice = QuestionKind::Choice {
        options: vec![crate::pack::ToolChoice { id: "bus".into(), name: text("Bus"), more: None }],
    };
    let read_one = |kind: &QuestionKind, typed: &str| {
        let typed = typed.to_owned();
        read(&question("q", kind.clone()), move |_| typed.clone())
    };
    for (kind, typed, right) in [
        (QuestionKind::Words, " I cook. ", Ok(words("I cook."))),
        (QuestionKind::Words, "  ", Ok(Answer::Nothing)),
        (scale.clone(), "7", Ok(Answer::Scale { step: 7 })),
        (scale.clone(), "11", Err(AnswerFault::NotOffered("q".into()))),
        (scale, "-1", Err(AnswerFault::NotOffered("q".into()))),
        (choice.clone(), "bus", Ok(Answer::Choice { option: "bus".into() })),
        (choice, "moon", Err(AnswerFault::NotOffered("q".into()))),
        (QuestionKind::YesNo, "no", Ok(Answer::YesNo { yes: false })),
        (QuestionKind::YesNo, "maybe", Err(AnswerFault::NotOffered("q".into()))),
        (QuestionKind::Date, "2026-11-22", Ok(Answer::Date { date: date(2026, 11, 22) })),
        (QuestionKind::Date, "soon", Err(AnswerFault::NoDay("q".into()))),
    ] {
        assert_eq!(read_one(&kind, typed), right, "{kind:?} {typed}");
    }
    assert_eq!(
        read(&question("q", QuestionKind::Words), |_| "x".repeat(FIELD_LIMIT + 1)),
        Err(AnswerFault::TooLong("q".into()))
    );
    let pair =
        read(
            &question("q", QuestionKind::Pairs),
            |end| if end == "when" { "rain".into() } else { String::new() },
        );
    assert_eq!(pair, Ok(Answer::Pair { when: "rain".into(), then: String::new() }));
}

#[test]
fn what_a_form_saw_is_read_back_as_printed() {
    let seen = Seen::up_to(12).with([14, 15]);
    assert_eq!(seen.to_string(), "12+14+15");
    assert_eq!(Seen::parse("12+14+15"), seen);
    assert_eq!(seen.with([13]).to_string(), "15");
    assert_eq!(Seen::parse("<script>"), Seen::up_to(0));
    // A number that no answer has comes from outside, too.
    assert_eq!(Seen::parse("9223372036854775807+4"), Seen::up_to(i64::MAX).with([4]));
}

#[derive(Debug, Clone)]
struct Act {
    writer: usize,
    item: u8,
    text: Option<u8>,
    reload: bool,
}

fn act() -> impl Strategy<Value = Act> {
    (0usize..3, 0u8..3, proptest::option::of(0u8..4), any::<bool>())
        .prop_map(|(writer, item, text, reload)| Act { writer, item, text, reload })
}

proptest! {
    /// Three people write in the same list with old and new pages open: every text was written over by somebody who
    /// had it in front of them, or still shows. The order in which answers arrive changes nothing.
    #[test]
    fn nothing_is_written_over_unseen(acts in proptest::collection::vec(act(), 1..40)) {
        let mut document = Document::new(Vec::new());
        let mut seen = [Seen::up_to(0), Seen::up_to(0), Seen::up_to(0)];
        for (second, act) in acts.iter().enumerate() {
            let open = document.as_seen(&seen[act.writer]);
            let item = ItemId(Uuid::from_u128(u128::from(act.item) + 1));
            let answer = act.text.map_or(Answer::Nothing, |text| words(&text.to_string()));
            let shown: Vec<AnswerId> = open.heads("q", item);
            let changes = open.changes(vec![("q".into(), item, answer)]);
            for writing in &changes {
                prop_assert_eq!(&writing.over, &shown);
            }
            let numbers = keep(&mut document, act.writer as u128, second as i64, changes);
            seen[act.writer] = if act.reload {
                Seen::up_to(document.newest())
            } else {
                std::mem::take(&mut seen[act.writer]).with(numbers)
            };
        }
        let covered: BTreeSet<AnswerId> = document.revisions.iter().flat_map(|one| one.over.iter().copied()).collect();
        for revision in document.revisions.iter().filter(|one| !covered.contains(&one.id) && one.answer != Answer::Nothing) {
            let items = document.items("q");
            let shows = items.iter().any(|item| {
                item.id == revision.item && item.texts.iter().any(|text| text.answer == revision.answer)
            });
            prop_assert!(shows, "{:?} is lost", revision);
        }
        // What nobody wrote over is enough to say the same, and to go on from for whoever has seen all of it.
        let heads = document.revisions.iter().filter(|one| !covered.contains(&one.id)).cloned();
        let heads = Document::new(heads.collect());
        let said = |document: &Document| {
            let items = document.items("q");
            items.iter().map(|item| (item.id, item.shown(), item.texts.len())).collect::<Vec<_>>()
        };
        prop_assert_eq!(said(&heads), said(&document));
        for seen in seen.iter().filter(|seen| seen.has_all(heads.revisions())) {
            for item in 1..4 {
                let form = vec![("q".to_owned(), ItemId(Uuid::from_u128(item)), words("new"))];
                prop_assert_eq!(heads.changes(form.clone()), document.as_seen(seen).changes(form));
            }
        }
        let mut shuffled = document.revisions.clone();
        shuffled.reverse();
        prop_assert_eq!(Document::new(shuffled), document);
    }
}

proptest! {
    /// What somebody crossed out can be let go of, and what the document says stays as it was, in its order.
    #[test]
    fn letting_go_of_what_was_written_over_changes_nothing_it_says(
        acts in proptest::collection::vec(act(), 1..30),
        before in 0i64..30,
    ) {
        let mut document = Document::new(Vec::new());
        for (second, act) in acts.iter().enumerate() {
            let item = ItemId(Uuid::from_u128(u128::from(act.item) + 1));
            let answer = act.text.map_or(Answer::Nothing, |text| words(&text.to_string()));
            let changes = document.changes(vec![("q".into(), item, answer)]);
            keep(&mut document, 1, second as i64, changes);
        }
        let said = |document: &Document| -> Vec<(ItemId, Answer)> {
            document.items("q").iter().map(|item| (item.id, item.answer().clone())).collect()
        };
        let was = said(&document);
        let newest = document.newest();
        let words_before = document.revisions.iter().filter(|one| one.answer != Answer::Nothing).count();
        document.let_go(at(before));
        prop_assert_eq!(said(&document), was.clone());
        prop_assert!(document.newest() <= newest);
        document.let_go(at(1_000));
        prop_assert_eq!(said(&document), was.clone());
        let left = document.revisions.iter().filter(|one| one.answer != Answer::Nothing).count();
        prop_assert!(left == was.len() && left <= words_before, "{} words of {} items are left", left, was.len());
    }
}
