//! From what people wrote to cards that are compared, and back to reasons. Names, workplaces, families and parts of town are
//! compared as keyed hashes and by nothing else.

use crate::door::{Desk, open};
use crate::{Error, Result};
use jiff::civil::Date;
use porchlight_practice::id::{AccountId, PersonId, ProgrammeId};
use porchlight_practice::pack::{CommonGround, Rules};
use porchlight_practice::pairing::index::{Card, Grounds, Index, Suggestion, Tie, Where};
use porchlight_practice::pairing::{Because, GroundKind, Mentor, Near, Offer, Pairing, Why};
use porchlight_store::pairing::{self, PairingRow};
use porchlight_store::seal::{Keys, Owner, Place};
use porchlight_store::{account, alike, person as people};
use std::collections::BTreeSet;

pub(super) fn offer_place(whose: uuid::Uuid) -> Place {
    Place::new("offer", whose, "body")
}

pub(super) fn mentor_place(person: PersonId) -> Place {
    Place::new("mentor", person.0, "body")
}

pub(super) fn pairing_place(row: &PairingRow) -> Place {
    Place::new("pairing", row.id.0, "body")
}

/// Hashes of one programme. What is compared in one says nothing in another.
struct Ties<'k> {
    keys: &'k Keys,
    here: ProgrammeId,
}

impl Ties<'_> {
    fn raw(&self, kind: &str, text: &str) -> Tie {
        let hash = self.keys.blind(&format!("pairing {kind} {}", self.here), text);
        Tie(hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn of(&self, kind: &str, text: &str) -> Option<Tie> {
        let folded = alike::fold(text);
        (!folded.is_empty()).then(|| self.raw(kind, &folded))
    }

    /// A name as it is written, and as it sounds.
    fn name(&self, name: &str) -> impl Iterator<Item = Tie> {
        let sound = alike::phonetic(name);
        let sound = (!sound.is_empty()).then(|| self.raw("sound", &sound));
        self.of("name", name).into_iter().chain(sound)
    }

    fn id(&self, id: PersonId) -> Tie {
        self.raw("person", &id.to_string())
    }
}

/// What the pack's lists are, by their places.
pub(super) struct Lists<'r>(pub(super) &'r [CommonGround]);

impl Lists<'_> {
    pub(super) fn of(rules: &Rules) -> Lists<'_> {
        Lists(&rules.common_grounds)
    }

    pub(super) fn grounds(&self, ids: &BTreeSet<String>) -> Grounds {
        let picked = |(place, ground): (usize, &CommonGround)| ids.contains(&ground.id).then_some(place);
        self.0.iter().enumerate().filter_map(picked).collect()
    }

    pub(super) fn kind(&self, kind: GroundKind) -> Grounds {
        let of_kind = |(place, ground): (usize, &CommonGround)| (ground.kind == kind).then_some(place);
        self.0.iter().enumerate().filter_map(of_kind).collect()
    }

    pub(super) fn needed(&self) -> Vec<Grounds> {
        GroundKind::ALL.into_iter().filter(|kind| kind.is_needed()).map(|kind| self.kind(kind)).collect()
    }

    /// What speaks for two people meeting.
    pub(super) fn why(&self, found: &Suggestion) -> Vec<Why> {
        let mut all = Vec::new();
        for kind in GroundKind::ALL {
            let shared = self
                .kind(kind)
                .and(found.matters)
                .iter()
                .chain(self.kind(kind).and(found.common).without(found.matters).iter());
            let what: Vec<String> =
                shared.filter_map(|place| self.0.get(place)).map(|ground| ground.id.clone()).collect();
            if !what.is_empty() {
                all.push(Why { kind: Because::Kind(kind), what });
            }
        }
        match found.place {
            Some(Where::Same) => all.push(Why { kind: Because::SameArea, what: Vec::new() }),
            Some(Where::Elsewhere) => all.push(Why { kind: Because::OtherArea, what: Vec::new() }),
            None => {}
        }
        all
    }
}

impl Desk<'_, '_> {
    pub(super) fn pairing(&mut self, row: &PairingRow) -> Result<Pairing> {
        self.open(Owner::Programme(row.programme.0), pairing_place(row), &row.body)
    }

    /// What a person shares; none while they wrote nothing.
    pub(super) fn offer_of(&mut self, here: ProgrammeId, person: PersonId) -> Result<Option<(Offer, i64)>> {
        let Some(row) = pairing::offer(self.tx, here, person.0)? else { return Ok(None) };
        let offer = self.open(Owner::Person(person.0), offer_place(person.0), &row.body)?;
        Ok(Some((offer, row.version)))
    }

    /// The same of somebody who works here.
    pub(super) fn worker_offer(&mut self, here: ProgrammeId, who: AccountId) -> Result<Option<(Offer, i64)>> {
        let Some(row) = pairing::offer(self.tx, here, who.0)?.filter(|row| row.works) else {
            return Ok(None);
        };
        let key = self.keys.get(self.tx, Owner::Worker(who.0))?;
        Ok(Some((open(&key, &offer_place(who.0), &row.body)?, row.version)))
    }

    pub(super) fn mentor_of(&mut self, person: PersonId) -> Result<(Mentor, i64)> {
        match pairing::mentor(self.tx, person)? {
            None => Ok((Mentor::default(), 0)),
            Some((body, version)) => {
                Ok((self.open(Owner::Person(person.0), mentor_place(person), &body)?, version))
            }
        }
    }

    /// Whether everything was gone through with somebody that the pack asks for.
    pub(super) fn is_ready(&mut self, rules: &Rules, person: PersonId) -> Result<bool> {
        let (mentor, _) = self.mentor_of(person)?;
        Ok(mentor.is_ready(rules.mentor_steps.iter().map(|step| step.id.as_str())))
    }

    /// What is compared of one person.
    pub(super) fn card(
        &mut self,
        here: ProgrammeId,
        rules: &Rules,
        person: PersonId,
        offer: &Offer,
        today: Date,
    ) -> Result<Card> {
        let ties = Ties { keys: self.keys, here };
        let row = self.person_row(person)?;
        let profile = self.profile(&row)?;
        let mut kept: Vec<Tie> = ties.of("work", &offer.workplace).into_iter().collect();
        // A phone or an address that two records share is one household.
        for way in &profile.ways {
            let digits: String = way.value.chars().filter(char::is_ascii_digit).collect();
            kept.extend(if digits.len() >= 7 { ties.of("way", &digits) } else { ties.of("way", &way.value) });
        }
        for child in people::children(self.tx, person)? {
            let child = self.child(&child)?;
            if let Some(born) = child.born {
                kept.extend(ties.of("child", &format!("{} {born}", child.called)));
            }
        }
        let mut names: Vec<Tie> = ties.name(&format!("{} {}", profile.called, profile.family_name)).collect();
        names.push(ties.id(person));
        let mut avoids: Vec<Tie> = offer.avoid.iter().flat_map(|name| ties.name(name)).collect();
        avoids.extend(people::same_as(self.tx, person)?.into_iter().map(|same| ties.id(same)));
        let mut taken = 0;
        for row in pairing::of_person(self.tx, person)? {
            let them = if row.asker == person { row.other } else { row.asker };
            taken += u32::from(row.is_open && row.other == person);
            match self.pairing(&row)? {
                Pairing::LetGo { again: Some(day) } if day <= today => {}
                _ => avoids.push(ties.id(them)),
            }
        }
        let reachable = !row.guarded && account::of_person(self.tx, person)?.is_some();
        let lists = Lists::of(rules);
        Ok(Card {
            id: person.0.as_u128(),
            shares: lists.grounds(&offer.shares),
            matters: lists.grounds(&offer.matters),
            area: ties.of("area", &offer.area),
            near: offer.near,
            ties: kept,
            names,
            avoids,
            screened: self.is_ready(rules, person)?,
            paused: offer.paused || !reachable,
            places: offer.places.saturating_sub(taken),
        })
    }

    /// Who could be met by somebody, and what speaks for it.
    pub(super) fn suggested(
        &mut self,
        here: ProgrammeId,
        rules: &Rules,
        person: PersonId,
        offer: &Offer,
        today: Date,
    ) -> Result<Vec<(PersonId, Vec<Why>)>> {
        let asker = self.card(here, rules, person, offer, today)?;
        let mut cards = Vec::new();
        for row in pairing::offers(self.tx, here, false)?.into_iter().filter(|row| row.whose != person.0) {
            let other = PersonId(row.whose);
            let offer: Offer = self.open(Owner::Person(other.0), offer_place(other.0), &row.body)?;
            if offer.places > 0 && !offer.paused {
                cards.push(self.card(here, rules, other, &offer, today)?);
            }
        }
        let lists = Lists::of(rules);
        let found = Index::new(lists.needed(), cards).suggest(&asker);
        Ok(found.iter().map(|one| (PersonId(uuid::Uuid::from_u128(one.id)), lists.why(one))).collect())
    }

    /// Who of those who work here could walk with somebody: each who wrote what they share, has room and has nothing against it.
    pub(super) fn walkers_for(
        &mut self,
        here: ProgrammeId,
        rules: &Rules,
        person: PersonId,
    ) -> Result<Vec<(AccountId, Vec<Why>)>> {
        let today = self.day_here(here)?;
        let offer = match self.offer_of(here, person)? {
            Some((offer, _)) => offer,
            None => Offer { shares: self.spoken(rules, person)?, ..Offer::default() },
        };
        let mut asker = self.card(here, rules, person, &offer, today)?;
        // What matters to them in another parent matters here too; where the worker lives or when is asked of nobody.
        asker.near = Near::Anywhere;
        let own = account::of_person(self.tx, person)?;
        let ties = Ties { keys: self.keys, here };
        let mut cards = Vec::new();
        for row in pairing::offers(self.tx, here, true)? {
            let who = AccountId(row.whose);
            if own == Some(who)
                || !crate::programme::walks_here(self, here, who)?
                || porchlight_store::support::walks(self.tx, person, who)?
            {
                continue;
            }
            let Some((offer, _)) = self.worker_offer(here, who)? else { continue };
            let name = self.name_of(who)?;
            let (room, away) = self.room(here, who, today)?;
            let lists = Lists::of(rules);
            cards.push(Card {
                id: who.0.as_u128(),
                shares: lists.grounds(&offer.shares),
                matters: Grounds::NONE,
                area: None,
                near: Near::Anywhere,
                ties: Vec::new(),
                names: ties.name(&name).collect(),
                avoids: offer.avoid.iter().flat_map(|name| ties.name(name)).collect(),
                screened: true,
                paused: offer.paused || away,
                places: u32::from(room),
            });
        }
        let lists = Lists::of(rules);
        // Without a common language nobody can walk with anybody; ways and hours are agreed on together.
        let languages = lists.kind(GroundKind::Language);
        let needed = if asker.shares.and(languages).is_empty() { Vec::new() } else { vec![languages] };
        let found = Index::new(needed, cards).suggest(&asker);
        Ok(found.iter().map(|one| (AccountId(uuid::Uuid::from_u128(one.id)), lists.why(one))).collect())
    }

    /// The languages of the list that the record says the person likes to speak.
    fn spoken(&mut self, rules: &Rules, person: PersonId) -> Result<BTreeSet<String>> {
        let said = alike::fold(&self.profile_of(person)?.language);
        let names = rules.common_grounds.iter().filter(|ground| ground.kind == GroundKind::Language);
        let spoken = names.filter(|ground| {
            !said.is_empty()
                && [&ground.name.en, &ground.name.es].iter().any(|name| {
                    let name = alike::fold(name);
                    said.contains(&name) || name.contains(&said)
                })
        });
        Ok(spoken.map(|ground| ground.id.clone()).collect())
    }

    /// Whether a worker has room for one more, by the hours of their contract or those they wrote; and whether they are away.
    /// Without either, nobody knows, and they are asked.
    fn room(&mut self, here: ProgrammeId, who: AccountId, today: Date) -> Result<(bool, bool)> {
        let (_, can, contract) = self.load(here, who)?;
        let away = can.as_ref().is_some_and(|can| can.is_away(today));
        let minutes = contract.or_else(|| can.map(|can| can.minutes_a_week()));
        let walking = porchlight_store::person::walked_with(self.tx, here, who)?.len() as u32;
        Ok((minutes.is_none_or(|minutes| (walking + 1) * super::MINUTES_EACH <= minutes), away))
    }

    /// How many somebody walks with now, when they can work, and the minutes of their contract.
    pub(super) fn load(
        &mut self,
        here: ProgrammeId,
        who: AccountId,
    ) -> Result<(usize, Option<porchlight_practice::availability::Availability>, Option<u32>)> {
        let walking = porchlight_store::person::walked_with(self.tx, here, who)?.len();
        let times = self.work_times(here, who)?;
        Ok((walking, times.can, times.contract.map(|contract| contract.minutes)))
    }

    /// By what somebody names one who was suggested to them: it fits for them alone, and nothing can be read from it.
    pub(super) fn token(&self, person: PersonId, other: PersonId) -> String {
        let hash = self.keys.blind(&format!("pairing token {person}"), &other.to_string());
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The first word of how somebody wants to be called: all that the two learn of each other's names.
    pub(super) fn first_name(&mut self, person: PersonId) -> Result<String> {
        let called = self.profile_of(person)?.called;
        called.split_whitespace().next().map(str::to_owned).ok_or(Error::Damaged("person"))
    }
}
