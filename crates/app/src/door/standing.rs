//! How whoever comes stands to what they ask about: what the doors put before the policies.

use super::{About, Actor, Caller};
use crate::{Error, Result};
use jiff::Timestamp;
use porchlight_access::Relation;
use porchlight_practice::Role;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::group::Step;
use porchlight_practice::guardian::Decides;
use porchlight_practice::id::{AccountId, PersonId, ProgrammeId};
use porchlight_practice::pairing::Pairing;
use porchlight_store::seal::{Keys, Owner, Place};
use porchlight_store::{
    Tx, account, card, consent, contact, counsel, credential, document, emergency, group, ladder, pairing,
    person, programme, safety, share, supervision, support, visit,
};
use std::sync::Arc;
use uuid::Uuid;

/// How the actor stands to what it is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub relation: Relation,
    pub consent: bool,
    pub programme: Option<ProgrammeId>,
    pub person: Option<PersonId>,
    pub(super) kind: &'static str,
    pub(super) id: Option<Uuid>,
}

/// The keys and rules by which it is found out how somebody stands to a record.
#[derive(Clone, Copy)]
pub(crate) struct House<'a> {
    pub keys: &'a Keys,
    pub packs: &'a Arc<crate::programme::Packs>,
}

/// Whom a report is about, as far as they have an account here: they are never called about it, and it is closed to them
/// while it may not show.
pub(crate) fn subjects(tx: &mut Tx<'_>, row: &safety::SafetyRow) -> Result<Vec<AccountId>> {
    let mut all: Vec<AccountId> = row.about_worker.into_iter().collect();
    if let Some(id) = row.person {
        for same in person::same_as(tx, id)?.into_iter().chain([id]) {
            all.extend(account::of_person(tx, same)?);
            // Whoever stands up for a young person is family, also when they work here.
            all.extend(account::guardians(tx, same)?.into_iter().map(|guardian| guardian.account));
        }
    }
    Ok(all)
}

fn supervises_all<T>(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    me: AccountId,
    there: &[(AccountId, T)],
) -> Result<bool> {
    for (worker, _) in there {
        if !programme::supervises(tx, programme, me, *worker)? {
            return Ok(false);
        }
    }
    Ok(!there.is_empty())
}

fn report_relation(tx: &mut Tx<'_>, actor: &Actor, row: &safety::SafetyRow) -> Result<Relation> {
    if actor.programme != Some(row.programme) {
        return Ok(Relation::Stranger);
    }
    if !actor.works_here() {
        let shows = row.shows && !row.practice && actor.person.is_some() && actor.person == row.person;
        return Ok(if shows { Relation::Own } else { Relation::Stranger });
    }
    let me = actor.account;
    Ok(if row.reporter == me {
        Relation::Author
    } else if subjects(tx, row)?.contains(&me) {
        Relation::Stranger
    } else if row.holder == Some(me) || row.second_reader == Some(me) || ladder::was_called(tx, row.id, me)? {
        Relation::Called
    } else if programme::supervises(tx, row.programme, me, row.reporter)? {
        Relation::Supervises
    } else {
        Relation::Programme
    })
}

fn group_relation(tx: &mut Tx<'_>, actor: &Actor, row: &group::GroupRow) -> Result<Relation> {
    if actor.programme != Some(row.programme) {
        return Ok(Relation::Stranger);
    }
    if let Some(person) = actor.person {
        return Ok(if row.keeper == Some(person) {
            Relation::Author
        } else if group::is_member(tx, row.id, person)? {
            Relation::Own
        } else {
            Relation::Programme
        });
    }
    if !actor.works_here() {
        return Ok(Relation::Stranger);
    }
    let me = actor.account;
    match group::step_of(tx, row.id, me)?.as_deref().and_then(Step::parse) {
        Some(step) if step.leads() => return Ok(Relation::Author),
        Some(_) => return Ok(Relation::Called),
        None => {}
    }
    for worker in group::workers_of(tx, row.id)? {
        if programme::supervises(tx, row.programme, me, worker)? {
            return Ok(Relation::Supervises);
        }
    }
    Ok(Relation::Programme)
}

/// Finds out how whoever comes stands to what they ask about.
pub(super) fn standing(
    tx: &mut Tx<'_>,
    house: House<'_>,
    caller: &Caller,
    about: About,
    part: Option<RecordPart>,
    now: Timestamp,
) -> Result<Standing> {
    match (caller, about) {
        (Caller::Stranger, About::Card(code)) => {
            let row = card::by_code(tx, &code)?.ok_or(Error::NotFound)?;
            Ok(Standing {
                relation: Relation::Card,
                consent: false,
                programme: Some(row.programme),
                person: Some(row.person),
                kind: "card",
                id: Some(row.id.0),
            })
        }
        (Caller::Member(actor), about) => standing_of(tx, house, actor, about, part, now),
        (Caller::Stranger, _) => Err(Error::NotFound),
    }
}

/// How somebody in a role stands to what they ask about.
pub(crate) fn standing_of(
    tx: &mut Tx<'_>,
    house: House<'_>,
    actor: &Actor,
    about: About,
    part: Option<RecordPart>,
    now: Timestamp,
) -> Result<Standing> {
    let of_programme = |id: ProgrammeId| match actor.programme {
        Some(own) if own == id && actor.works_here() => Relation::Programme,
        None => Relation::Agency,
        Some(_) => Relation::Stranger,
    };
    Ok(match about {
        About::Card(_) => return Err(Error::NotFound),
        About::Agency => Standing {
            relation: if actor.programme.is_none() { Relation::Agency } else { Relation::Stranger },
            consent: false,
            programme: None,
            person: None,
            kind: "agency",
            id: None,
        },
        About::Programme(id) => Standing {
            relation: of_programme(id),
            consent: false,
            programme: Some(id),
            person: None,
            kind: "programme",
            id: Some(id.0),
        },
        About::Own => Standing {
            relation: Relation::Own,
            consent: false,
            programme: actor.programme,
            person: actor.person,
            kind: "own",
            id: Some(actor.account.0),
        },
        About::Person(id) => {
            let row = person::get(tx, id)?.ok_or(Error::NotFound)?;
            let relation = match of_programme(row.programme) {
                _ if actor.person == Some(id) => Relation::Own,
                // A guardian decides until a birthday; who decides today is asked today.
                _ if actor.ward == Some(id) => match house.decides(tx, &row, now)? {
                    Decides::Guardian { .. } => Relation::Guardian,
                    Decides::Young { .. } | Decides::Adult => Relation::Programme,
                },
                Relation::Programme if support::walks(tx, id, actor.account)? => Relation::Walks,
                Relation::Programme if support::supervises(tx, row.programme, id, actor.account)? => {
                    Relation::Supervises
                }
                // With whom nobody walks, somebody must be able to say who begins; the policies give the privacy lead
                // no more than that.
                Relation::Programme
                    if row.guarded
                        && (actor.role != Role::PrivacyLead || support::anybody_walks(tx, id)?) =>
                {
                    Relation::Colleague
                }
                // Somebody with whom nobody walks must not be left waiting: every supervisor of the programme may
                // open the record and say who begins.
                Relation::Programme if actor.role == Role::Supervisor && !support::anybody_walks(tx, id)? => {
                    Relation::Supervises
                }
                other => other,
            };
            let consent = match part {
                Some(part) if !row.guarded => consent::lets(tx, id, actor.account, part, now)?,
                _ => false,
            };
            Standing {
                relation,
                consent,
                programme: Some(row.programme),
                person: Some(id),
                kind: "person",
                id: Some(id.0),
            }
        }
        About::Document(id) => {
            let row = document::get(tx, id)?.ok_or(Error::NotFound)?;
            let of_person = standing_of(tx, house, actor, About::Person(row.person), None, now)?;
            let consent = !share::open_to(tx, id, actor.account, now)?.is_empty();
            Standing { consent, kind: "document", id: Some(id.0), ..of_person }
        }
        About::Group(id) => {
            let row = group::get(tx, id)?.ok_or(Error::NotFound)?;
            Standing {
                relation: group_relation(tx, actor, &row)?,
                consent: false,
                programme: Some(row.programme),
                person: None,
                kind: "group",
                id: Some(id.0),
            }
        }
        About::GroupSession(id) => {
            let row = group::session::get(tx, id)?.ok_or(Error::NotFound)?;
            let of_group = standing_of(tx, house, actor, About::Group(row.group), None, now)?;
            Standing { kind: "group_session", id: Some(id.0), ..of_group }
        }
        About::GroupCode(code) => {
            let row = group::session::by_code(tx, &code, now)?.ok_or(Error::NotFound)?;
            let here = actor.programme == Some(row.programme) && actor.person.is_some();
            Standing {
                relation: if here { Relation::Programme } else { Relation::Stranger },
                consent: false,
                programme: Some(row.programme),
                person: None,
                kind: "group_session",
                id: Some(row.id.0),
            }
        }
        About::Emergency(id) => {
            let row = emergency::get(tx, id)?.ok_or(Error::NotFound)?;
            let now_open = row.by == actor.account && row.from_at <= now && now < row.until_at;
            let relation = match actor.programme == Some(row.programme) && actor.works_here() && now_open {
                true => Relation::Emergency,
                false => Relation::Stranger,
            };
            Standing {
                relation,
                consent: false,
                programme: Some(row.programme),
                person: Some(row.person),
                kind: "emergency",
                id: Some(id.0),
            }
        }
        About::Report(id) => {
            let row = safety::get(tx, id)?.ok_or(Error::NotFound)?;
            // No entry about a report is ever tied to the person's record: what they may see of it is decided by the
            // report, not by the list of who looked.
            Standing {
                relation: report_relation(tx, actor, &row)?,
                consent: false,
                programme: Some(row.programme),
                person: None,
                kind: "safety",
                id: Some(id.0),
            }
        }
        About::Pairing(id) => {
            let row = pairing::get(tx, id)?.ok_or(Error::NotFound)?;
            let key = house.keys.get(tx, Owner::Programme(row.programme.0))?;
            let place = Place::new("pairing", id.0, "body");
            let pairing: Pairing = super::open(&key, &place, &row.body)?;
            let relation = match actor.person {
                // Before the other is asked there is nothing for them, and when it is over there is nothing for either.
                Some(me) if row.is_open && row.asker == me => Relation::Own,
                Some(me) if row.is_open && row.other == me && pairing.other_knows() => Relation::Own,
                Some(_) => Relation::Stranger,
                None => standing_of(tx, house, actor, About::Person(row.asker), None, now)?.relation,
            };
            // Like a report, it is tied to neither record: who looked at one would tell of the other.
            Standing {
                relation,
                consent: false,
                programme: Some(row.programme),
                person: None,
                kind: "pairing",
                id: Some(id.0),
            }
        }
        About::Counsel(id) => {
            let row = counsel::get(tx, id)?.ok_or(Error::NotFound)?;
            let here = actor.programme == Some(row.programme) && actor.works_here();
            let relation = match here {
                true if row.asked_by == actor.account => Relation::Own,
                true if row.asked_of == actor.account => Relation::Called,
                _ => Relation::Stranger,
            };
            Standing {
                relation,
                consent: false,
                programme: Some(row.programme),
                person: None,
                kind: "counsel",
                id: Some(id.0),
            }
        }
        About::Credential(id) => {
            let row = credential::get(tx, id)?.ok_or(Error::NotFound)?;
            let relation = match actor.programme {
                _ if row.account == actor.account => Relation::Own,
                Some(programme) if credential::works_in(tx, programme, row.account)? => {
                    of_programme(programme)
                }
                _ => Relation::Stranger,
            };
            Standing {
                relation,
                consent: false,
                programme: actor.programme,
                person: None,
                kind: "credential",
                id: Some(id.0),
            }
        }
        About::Supervision(id) => {
            let row = supervision::get(tx, id)?.ok_or(Error::NotFound)?;
            let there = supervision::with(tx, id)?;
            let here = actor.programme == Some(row.programme) && actor.works_here();
            let me = actor.account;
            let relation = if here && row.supervisor == me {
                Relation::Author
            } else if there.iter().any(|(worker, _)| *worker == me) {
                // It is theirs, wherever they work now.
                Relation::Own
            } else if here && supervises_all(tx, row.programme, me, &there)? {
                Relation::Supervises
            } else {
                Relation::Stranger
            };
            Standing {
                relation,
                consent: false,
                programme: Some(row.programme),
                person: None,
                kind: "supervision",
                id: Some(id.0),
            }
        }
        About::Visit(id) => {
            let row = visit::get(tx, id)?.ok_or(Error::NotFound)?;
            let of_person = standing_of(tx, house, actor, About::Person(row.person), part, now)?;
            let same = actor.programme == Some(row.programme) && actor.works_here();
            // Whoever does not walk with the person any more has no visit to keep.
            let theirs = row.peer == actor.account && of_person.relation == Relation::Walks;
            let relation = match of_person.relation {
                _ if same && theirs => Relation::Author,
                Relation::Own => Relation::Own,
                // Who looks after whoever went is asked again where it matters: one without a supervisor has them all.
                _ if same && actor.role == Role::Supervisor && row.peer != actor.account => {
                    Relation::Supervises
                }
                _ => Relation::Stranger,
            };
            Standing { relation, kind: "visit", id: Some(id.0), ..of_person }
        }
        About::Contact(id) => {
            let row = contact::get(tx, id)?.ok_or(Error::NotFound)?;
            let of_person = standing_of(tx, house, actor, About::Person(row.person), part, now)?;
            let same = actor.programme == Some(row.programme) && actor.works_here();
            let relation = if same && row.writer == actor.account {
                Relation::Author
            } else if row.signed_at.is_none() {
                Relation::Stranger
            } else if same
                && of_person.relation != Relation::Walks
                && programme::supervises(tx, row.programme, actor.account, row.writer)?
            {
                Relation::Supervises
            } else {
                of_person.relation
            };
            Standing { relation, kind: "contact", id: Some(id.0), ..of_person }
        }
    })
}
