//! The one door in and the one door to look.
//!
//! `command`: load → authorise → decide → save → journal, in one transaction, once for each command id.
//! `look`: authorise → read → journal. The answer is given out when the journal entry is on disk.

use crate::live::Signal;
use crate::{App, Error, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use porchlight_access::{Action, Asker, Decision, Facts, Relation};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::guardian::Decides;
use porchlight_practice::id::{
    AccountId, CommandId, ContactId, CounselId, CredentialId, DocumentId, EmergencyId, MembershipId,
    PersonId, ProgrammeId, SafetyReportId, SupervisionId,
};
use porchlight_practice::pack::Rules;
use porchlight_practice::{Lang, Role};
use porchlight_store::command::{Before, Command as Sent};
use porchlight_store::journal::{Entry, Outcome};
use porchlight_store::seal::{DataKey, Keys, Owner, Place};
use porchlight_store::{
    Tx, account, card, command, consent, contact, counsel, credential, document, emergency, ladder, person,
    programme, safety, share, supervision, support,
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// Who acts: an account in one role in one programme. Only a session, or a command of the operator, makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub(crate) account: AccountId,
    pub(crate) membership: MembershipId,
    pub(crate) role: Role,
    pub(crate) programme: Option<ProgrammeId>,
    pub(crate) person: Option<PersonId>,
    pub(crate) ward: Option<PersonId>,
    pub(crate) title: String,
    pub(crate) name: String,
    pub(crate) lang: Lang,
}

impl Actor {
    /// The human.
    pub fn account(&self) -> AccountId {
        self.account
    }
    /// The role they act in.
    pub fn membership(&self) -> MembershipId {
        self.membership
    }
    /// The role they act in.
    pub fn role(&self) -> Role {
        self.role
    }
    /// The programme they act in; none for the whole agency.
    pub fn programme(&self) -> Option<ProgrammeId> {
        self.programme
    }
    /// Their own record, when they are supported here.
    pub fn person(&self) -> Option<PersonId> {
        self.person
    }
    /// The young person they are a guardian of, or were.
    pub fn ward(&self) -> Option<PersonId> {
        self.ward
    }
    /// Whether they work here: they are neither supported nor somebody's supporter.
    pub(crate) fn works_here(&self) -> bool {
        self.person.is_none() && self.ward.is_none()
    }
    /// The id of their title in the pack.
    pub fn title(&self) -> &str {
        &self.title
    }
    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The language they read.
    pub fn lang(&self) -> Lang {
        self.lang
    }
}

/// Who comes to the doors.
#[derive(Debug, Clone)]
enum Caller {
    /// Somebody in one of their roles.
    Member(Actor),
    /// Whoever it is, with the code of a card in their hand.
    Stranger,
}

impl Caller {
    fn asker(&self) -> Asker {
        match self {
            Caller::Member(actor) => Asker::In(actor.role),
            Caller::Stranger => Asker::Stranger,
        }
    }

    fn account(&self) -> Option<AccountId> {
        match self {
            Caller::Member(actor) => Some(actor.account),
            Caller::Stranger => None,
        }
    }
}

/// What a command or a look is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The agency as a whole.
    Agency,
    /// A programme.
    Programme(ProgrammeId),
    /// The actor's own account, day, notes or time.
    Own,
    /// A person's record.
    Person(PersonId),
    /// A contact and its note.
    Contact(ContactId),
    /// What a person writes in a tool.
    Document(DocumentId),
    /// A safety report.
    Report(SafetyReportId),
    /// Something asked of one's supervisor.
    Counsel(CounselId),
    /// What a worker can show.
    Credential(CredentialId),
    /// A meeting of supervision.
    Supervision(SupervisionId),
    /// What somebody opened in an emergency.
    Emergency(EmergencyId),
    /// The card whose code has this hash: only for whoever has the code in their hand.
    Card([u8; 32]),
}

/// What a look is for, as the person reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Walking with the person.
    Support,
    /// Supervising those who do.
    Supervision,
    /// Treating, with the person's consent.
    Treatment,
    /// Deciding with a young person, as their guardian.
    Guardian,
    /// Helping in an emergency.
    Emergency,
    /// Reading what is about oneself.
    Own,
    /// Running the programme.
    Running,
    /// Checking that the rules are kept.
    Oversight,
}

impl Purpose {
    /// The name in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Support => "support",
            Purpose::Supervision => "supervision",
            Purpose::Treatment => "treatment",
            Purpose::Guardian => "guardian",
            Purpose::Emergency => "emergency",
            Purpose::Own => "own",
            Purpose::Running => "running",
            Purpose::Oversight => "oversight",
        }
    }

    /// What somebody who comes as this, standing so to the record, reads it for.
    fn of(asker: Asker, relation: Relation) -> Purpose {
        let Asker::In(role) = asker else { return Purpose::Support };
        match (relation, role) {
            (Relation::Own, _) => Purpose::Own,
            (Relation::Guardian, _) => Purpose::Guardian,
            (Relation::Emergency, _) => Purpose::Emergency,
            (_, Role::TeamMember) => Purpose::Treatment,
            (_, Role::Supervisor) => Purpose::Supervision,
            (_, Role::PrivacyLead | Role::Auditor | Role::Certifier) => Purpose::Oversight,
            (_, Role::ProgrammeAdmin) => Purpose::Running,
            _ => Purpose::Support,
        }
    }
}

/// How the actor stands to what it is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub relation: Relation,
    pub consent: bool,
    pub programme: Option<ProgrammeId>,
    pub person: Option<PersonId>,
    kind: &'static str,
    id: Option<Uuid>,
}

/// The keys and rules by which it is found out how somebody stands to a record.
#[derive(Clone, Copy)]
pub(crate) struct House<'a> {
    pub keys: &'a Keys,
    pub packs: &'a Arc<crate::programme::Packs>,
}

/// Behind the door: a transaction in which the actor was found to be allowed what they ask.
pub(crate) struct Desk<'a, 'tx> {
    pub tx: &'a mut Tx<'tx>,
    pub keys: &'a Keys,
    pub actor: &'a Actor,
    pub now: Timestamp,
    pub standing: Standing,
    pub packs: &'a Arc<crate::programme::Packs>,
}

impl<'a> Desk<'a, '_> {
    /// What finding out how somebody stands to something needs.
    pub fn house(&self) -> House<'a> {
        House { keys: self.keys, packs: self.packs }
    }
}

impl Desk<'_, '_> {
    /// The programme this happens in.
    pub fn programme(&self) -> Result<ProgrammeId> {
        self.standing.programme.ok_or(Error::NotFound)
    }

    /// Everything the actor may do, standing so to what this is about: which buttons a page shows.
    pub fn actions(&self, access: &porchlight_access::Access) -> Vec<Action> {
        let (role, Standing { relation, consent, .. }) = (self.actor.role, self.standing);
        let may = |action| access.decide(Facts { action, asker: role.into(), relation, consent }).is_allow();
        Action::ALL.iter().copied().filter(|&action| may(action)).collect()
    }

    /// Opens something sealed.
    pub fn open<T: DeserializeOwned>(&mut self, owner: Owner, place: Place, sealed: &[u8]) -> Result<T> {
        let key = self.keys.get(self.tx, owner)?;
        open(&key, &place, sealed)
    }

    /// The rules in force in a programme today, with the programme's zone.
    pub fn rules(&mut self, id: ProgrammeId) -> Result<(Arc<Rules>, TimeZone)> {
        self.packs.rules(self.tx, id, self.now)
    }
}

/// Seals a value.
pub(crate) fn seal<T: Serialize>(key: &DataKey, place: &Place, value: &T) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(value).map_err(|_| Error::Damaged(place.table))?;
    Ok(key.seal(place, &plain)?)
}

/// Opens a sealed value.
pub(crate) fn open<T: DeserializeOwned>(key: &DataKey, place: &Place, sealed: &[u8]) -> Result<T> {
    let plain = key.open(place, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| Error::Damaged(place.table))
}

/// Whom a report is about, as far as they have an account here: they are never called about it, and it is closed to them
/// while it may not show.
pub(crate) fn subjects(tx: &mut Tx<'_>, row: &safety::SafetyRow) -> Result<Vec<AccountId>> {
    let mut all: Vec<AccountId> = row.about_worker.into_iter().collect();
    if let Some(id) = row.person {
        all.extend(account::of_person(tx, id)?);
        for same in person::same_as(tx, id)? {
            all.extend(account::of_person(tx, same)?);
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

/// Finds out how whoever comes stands to what they ask about.
fn standing(
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

impl App {
    pub(crate) fn house(&self) -> House<'_> {
        House { keys: &self.keys, packs: &self.packs }
    }

    /// The journal entry for something that was done, or was refused.
    fn entry(
        caller: &Caller,
        action: Action,
        standing: &Standing,
        outcome: Outcome,
        now: Timestamp,
    ) -> Entry<'static> {
        // What somebody does with what is theirs alone is no entry of the programme's, nor is whom they gave a card.
        let noun = action.as_str().split('.').next().unwrap_or_default();
        let theirs = matches!(standing.relation, Relation::Own | Relation::Guardian | Relation::Card);
        let private = theirs && matches!(noun, "document" | "share" | "card" | "credential");
        Entry {
            at: now,
            actor: caller.account().map(|id| id.0),
            actor_role: caller.asker().as_str(),
            action: action.as_str(),
            outcome,
            about_kind: standing.kind,
            about: standing.id,
            person: standing.person.map(|id| id.0),
            programme: standing.programme.filter(|_| !private).map(|id| id.0),
            part: "",
            purpose: Purpose::of(caller.asker(), standing.relation).as_str(),
            policy: "",
            command: None,
            detail: &[],
        }
    }

    fn decide(&self, caller: &Caller, action: Action, standing: &Standing) -> Decision {
        self.access.decide(Facts {
            action,
            asker: caller.asker(),
            relation: standing.relation,
            consent: standing.consent,
        })
    }

    /// Keeps the entry of a refusal. A refusal that can't be kept is still a refusal.
    async fn refused(&self, entry: Entry<'static>) -> Error {
        let kept: Result<()> = self
            .store
            .write(move |tx| {
                tx.journal(&entry)?;
                Ok(())
            })
            .await;
        if let Err(error) = kept {
            tracing::warn!(%error, "a refusal could not be entered in the journal");
        }
        Error::NotFound
    }

    /// Does one command, once. `body` is what the maker sent: the same id with another body is refused.
    pub(crate) async fn command<A, B, F>(
        &self,
        actor: &Actor,
        id: CommandId,
        action: Action,
        about: About,
        body: &B,
        decide_and_save: F,
    ) -> Result<A>
    where
        A: Serialize + DeserializeOwned + Send + 'static,
        B: Serialize + ?Sized,
        F: Fn(&mut Desk<'_, '_>) -> Result<A> + Send + Sync + 'static,
    {
        debug_assert_eq!(action.door(), porchlight_access::Door::Command);
        let now = self.now();
        let body_hash: [u8; 32] = {
            let bytes =
                serde_json::to_vec(&(action.as_str(), body)).map_err(|_| Error::Damaged("command"))?;
            Sha256::digest(bytes).into()
        };
        let this = Sent { id: id.0, actor: Some(actor.account.0), action: action.as_str().into(), body_hash };
        let (app, by) = (self.clone(), Caller::Member(actor.clone()));
        let by_actor = actor.clone();
        let answer: Result<std::result::Result<(A, Option<ProgrammeId>), Entry<'static>>> = self
            .store
            .write(move |tx| {
                match command::find(tx, &this)? {
                    Before::New => {}
                    Before::Same(answer) => {
                        let answer =
                            serde_json::from_slice(&answer).map_err(|_| Error::Damaged("command"))?;
                        return Ok(Ok((answer, None)));
                    }
                    Before::Other => return Err(Error::CommandReused),
                }
                let standing = standing(tx, app.house(), &by, about, None, now)?;
                let mut entry = App::entry(&by, action, &standing, Outcome::Done, now);
                entry.command = Some(id.0);
                match app.decide(&by, action, &standing) {
                    Decision::Allow(policy) => entry.policy = policy,
                    Decision::Deny => {
                        entry.outcome = Outcome::Refused;
                        return Ok(Err(entry));
                    }
                }
                let mut desk = Desk {
                    tx: &mut *tx,
                    keys: &app.keys,
                    actor: &by_actor,
                    now,
                    standing,
                    packs: &app.packs,
                };
                let answer = decide_and_save(&mut desk)?;
                tx.journal(&entry)?;
                let kept = serde_json::to_vec(&answer).map_err(|_| Error::Damaged("command"))?;
                command::put(tx, &this, &kept, now)?;
                Ok(Ok((answer, standing.programme)))
            })
            .await;
        match answer? {
            Ok((answer, programme)) => {
                let among_staff = action.stays_among_staff();
                match programme {
                    Some(programme) if among_staff => self.live.tell(Signal::Staff(programme)),
                    Some(programme) => self.live.tell(Signal::Programme(programme)),
                    None => {}
                }
                if !among_staff {
                    self.live.tell(Signal::Account(actor.account));
                }
                Ok(answer)
            }
            Err(entry) => Err(self.refused(entry).await),
        }
    }

    /// Authorises and reads what a command needs to decide before it is queued. The command authorises again.
    pub(crate) async fn prepare<A, F>(
        &self,
        actor: &Actor,
        action: Action,
        about: About,
        read: F,
    ) -> Result<A>
    where
        A: Send + 'static,
        F: Fn(&mut Desk<'_, '_>) -> Result<A> + Send + Sync + 'static,
    {
        let (answer, _) = self.authorised_read(actor, action, about, None, read).await?;
        Ok(answer)
    }

    /// Looks at one part of one record: one entry in the journal.
    pub(crate) async fn look<A, F>(
        &self,
        actor: &Actor,
        action: Action,
        about: About,
        part: &'static str,
        read: F,
    ) -> Result<A>
    where
        A: Send + 'static,
        F: Fn(&mut Desk<'_, '_>) -> Result<A> + Send + Sync + 'static,
    {
        let consent_part = RecordPart::parse(part);
        let (answer, mut entry) = self.authorised_read(actor, action, about, consent_part, read).await?;
        entry.part = part;
        self.keep(entry, Vec::new()).await?;
        Ok(answer)
    }

    /// Looks at one record whose part of the whole is known when it is read: the answer comes with the part.
    pub(crate) async fn look_at<A, F>(
        &self,
        actor: &Actor,
        action: Action,
        about: About,
        read: F,
    ) -> Result<A>
    where
        A: Send + 'static,
        F: Fn(&mut Desk<'_, '_>) -> Result<(A, &'static str)> + Send + Sync + 'static,
    {
        let ((answer, part), mut entry) = self.authorised_read(actor, action, about, None, read).await?;
        entry.part = part;
        self.keep(entry, Vec::new()).await?;
        Ok(answer)
    }

    /// Looks at a list: one entry in the journal, with the sealed ids of what was shown.
    pub(crate) async fn list<A, F>(
        &self,
        actor: &Actor,
        action: Action,
        about: About,
        filter: &'static str,
        read: F,
    ) -> Result<A>
    where
        A: Send + 'static,
        F: Fn(&mut Desk<'_, '_>) -> Result<(A, Vec<Uuid>)> + Send + Sync + 'static,
    {
        let ((answer, shown), mut entry) = self.authorised_read(actor, action, about, None, read).await?;
        entry.part = filter;
        entry.outcome = Outcome::Listed;
        let mut detail = Vec::new();
        if !shown.is_empty() {
            let bytes: Vec<u8> = shown.iter().flat_map(|id| *id.as_bytes()).collect();
            let owner = match actor.programme {
                Some(programme) => Owner::Programme(programme.0),
                None => Owner::Agency,
            };
            let keys = self.keys.clone();
            let key: DataKey = self.store.read(move |tx| Ok::<_, Error>(keys.get(tx, owner)?)).await?;
            detail = key.seal(&Place { table: "journal", row: actor.account.0, column: "detail" }, &bytes)?;
        }
        self.keep(entry, detail).await?;
        Ok(answer)
    }

    async fn keep(&self, entry: Entry<'static>, detail: Vec<u8>) -> Result<()> {
        self.store
            .write(move |tx| {
                tx.journal(&Entry { detail: &detail, ..entry })?;
                Ok(())
            })
            .await
    }

    async fn authorised_read<A, F>(
        &self,
        actor: &Actor,
        action: Action,
        about: About,
        part: Option<RecordPart>,
        read: F,
    ) -> Result<(A, Entry<'static>)>
    where
        A: Send + 'static,
        F: Fn(&mut Desk<'_, '_>) -> Result<A> + Send + Sync + 'static,
    {
        let (app, by) = (self.clone(), actor.clone());
        let at_desk = move |tx: &mut Tx<'_>, standing, now| {
            read(&mut Desk { tx, keys: &app.keys, actor: &by, now, standing, packs: &app.packs })
        };
        self.authorised(Caller::Member(actor.clone()), action, about, part, at_desk).await
    }

    /// Lets whoever has the code of a card in their hand look at it: one entry in the journal. The person whose card it
    /// is hears of it.
    pub(crate) async fn look_by_card<A, F>(&self, code: [u8; 32], read: F) -> Result<A>
    where
        A: Send + 'static,
        F: Fn(&mut Tx<'_>, Timestamp) -> Result<A> + Send + Sync + 'static,
    {
        let with_account = move |tx: &mut Tx<'_>, standing: Standing, now| {
            let person = standing.person.ok_or(Error::NotFound)?;
            Ok((read(tx, now)?, account::of_person(tx, person)?))
        };
        let (action, about) = (Action::CardOpen, About::Card(code));
        let ((answer, account), mut entry) =
            self.authorised(Caller::Stranger, action, about, None, with_account).await?;
        entry.part = "card";
        self.keep(entry, Vec::new()).await?;
        if let Some(account) = account {
            self.live.tell(Signal::Account(account));
        }
        Ok(answer)
    }

    async fn authorised<A, F>(
        &self,
        caller: Caller,
        action: Action,
        about: About,
        part: Option<RecordPart>,
        read: F,
    ) -> Result<(A, Entry<'static>)>
    where
        A: Send + 'static,
        F: Fn(&mut Tx<'_>, Standing, Timestamp) -> Result<A> + Send + Sync + 'static,
    {
        let now = self.now();
        let app = self.clone();
        let answer: Result<std::result::Result<(A, Entry<'static>), Entry<'static>>> = self
            .store
            .read(move |tx| {
                let standing = standing(tx, app.house(), &caller, about, part, now)?;
                let mut entry = App::entry(&caller, action, &standing, Outcome::Looked, now);
                match app.decide(&caller, action, &standing) {
                    Decision::Allow(policy) => entry.policy = policy,
                    Decision::Deny => {
                        entry.outcome = Outcome::Refused;
                        return Ok(Err(entry));
                    }
                }
                Ok(Ok((read(tx, standing, now)?, entry)))
            })
            .await;
        match answer? {
            Ok(found) => Ok(found),
            Err(entry) => Err(self.refused(entry).await),
        }
    }

    /// The key of an owner, for sealing before a command is queued.
    pub(crate) async fn key(&self, owner: Owner) -> Result<DataKey> {
        let keys = self.keys.clone();
        self.store.read(move |tx| Ok(keys.get(tx, owner)?)).await
    }

    /// What an account is called, for pages that name people. Names of workers are no secret inside the programme.
    pub(crate) fn name_of(keys: &Keys, tx: &mut Tx<'_>, id: AccountId) -> Result<String> {
        let Some(row) = account::get(tx, id)? else { return Ok(String::new()) };
        let key = keys.get(tx, Owner::Worker(id.0))?;
        open(&key, &account_place(id, "name"), &row.name)
    }
}

/// Where an account's sealed columns lie.
pub(crate) fn account_place(id: AccountId, column: &'static str) -> Place {
    Place { table: "account", row: id.0, column }
}
