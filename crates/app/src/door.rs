//! The one door in and the one door to look.
//!
//! `command`: load → authorise → decide → save → journal, in one transaction, once for each command id.
//! `look`: authorise → read → journal. The answer is given out when the journal entry is on disk.

mod standing;

use crate::live::Signal;
use crate::{App, Error, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use porchlight_access::{Action, Asker, Decision, Facts, Relation};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::id::{
    AccountId, CommandId, ContactId, CounselId, CredentialId, DocumentId, EmergencyId, GroupId,
    GroupSessionId, MembershipId, PairingId, PersonId, ProgrammeId, SafetyReportId, SupervisionId, VisitId,
};
use porchlight_practice::pack::Rules;
use porchlight_practice::{Lang, Role};
use porchlight_store::command::{Before, Command as Sent};
use porchlight_store::journal::{Entry, Outcome};
use porchlight_store::seal::{DataKey, Keys, Owner, Place};
use porchlight_store::{Tx, account, command};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;
use uuid::Uuid;

use standing::standing;
pub(crate) use standing::{House, Standing, standing_of, subjects};

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
    /// A visit that is arranged.
    Visit(VisitId),
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
    /// A group.
    Group(GroupId),
    /// One meeting of a group.
    GroupSession(GroupSessionId),
    /// The session whose code has this hash, for whoever scanned it.
    GroupCode([u8; 32]),
    /// What somebody opened in an emergency.
    Emergency(EmergencyId),
    /// Two people on their way to each other.
    Pairing(PairingId),
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

/// Behind the door: a transaction in which the actor was found to be allowed what they ask.
pub(crate) struct Desk<'a, 'tx> {
    pub tx: &'a mut Tx<'tx>,
    pub keys: &'a Keys,
    pub actor: &'a Actor,
    pub now: Timestamp,
    pub standing: Standing,
    pub packs: &'a Arc<crate::programme::Packs>,
    known: HashMap<Uuid, String>,
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

    /// What an account is called. A page says the same few names again and again; each is opened once.
    pub fn name_of(&mut self, id: AccountId) -> Result<String> {
        self.called(id.0, |desk| App::name_of(desk.keys, desk.tx, id))
    }

    /// How a person is called in lists, opened once.
    pub fn short_name_of(&mut self, id: PersonId) -> Result<String> {
        self.called(id.0, |desk| Ok(desk.profile_of(id)?.short_name()))
    }

    fn called(&mut self, id: Uuid, open: impl FnOnce(&mut Self) -> Result<String>) -> Result<String> {
        if let Some(name) = self.known.get(&id) {
            return Ok(name.clone());
        }
        let name = open(self)?;
        self.known.insert(id, name.clone());
        Ok(name)
    }

    /// Keeps what was opened anyway.
    pub fn knows(&mut self, id: PersonId, short_name: &str) {
        self.known.insert(id.0, short_name.to_owned());
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
        // What somebody does with what is theirs alone is no entry of the programme's, nor is whom they gave a card or meet.
        let noun = action.as_str().split('.').next().unwrap_or_default();
        let theirs = matches!(standing.relation, Relation::Own | Relation::Guardian | Relation::Card);
        let letter = matches!(action, Action::GroupLetter | Action::GroupReadLetter);
        let owned = matches!(noun, "document" | "share" | "card" | "credential" | "pairing");
        let private = theirs && (letter || owned);
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

    /// The entry that a door would have made: for what grows without one ([`crate::growth`]).
    pub(crate) fn entry_as_if(
        access: &porchlight_access::Access,
        actor: &Actor,
        action: Action,
        outcome: Outcome,
        (relation, (kind, id)): (Relation, (&'static str, Uuid)),
        (programme, person): (ProgrammeId, Option<PersonId>),
        at: Timestamp,
    ) -> Result<Entry<'static>> {
        let standing =
            Standing { relation, consent: false, programme: Some(programme), person, kind, id: Some(id) };
        let caller = Caller::Member(actor.clone());
        let facts = Facts { action, asker: caller.asker(), relation, consent: false };
        match access.decide(facts) {
            Decision::Allow(policy) => {
                Ok(Entry { policy, ..App::entry(&caller, action, &standing, outcome, at) })
            }
            Decision::Deny => Err(Error::NotFound),
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
        let (now, begun) = (self.now(), Instant::now());
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
                    known: HashMap::new(),
                };
                let answer = decide_and_save(&mut desk)?;
                tx.journal(&entry)?;
                let kept = serde_json::to_vec(&answer).map_err(|_| Error::Damaged("command"))?;
                command::put(tx, &this, &kept, now)?;
                Ok(Ok((answer, standing.programme)))
            })
            .await;
        if let Some(watch) = &self.watch {
            watch.command(action, begun.elapsed());
        }
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
        let owner = match actor.programme {
            Some(programme) => Owner::Programme(programme.0),
            None => Owner::Agency,
        };
        let with_key = move |desk: &mut Desk<'_, '_>| {
            let (answer, shown) = read(desk)?;
            let key = if shown.is_empty() { None } else { Some(desk.keys.get(desk.tx, owner)?) };
            Ok((answer, shown, key))
        };
        let ((answer, shown, key), mut entry) =
            self.authorised_read(actor, action, about, None, with_key).await?;
        entry.part = filter;
        entry.outcome = Outcome::Listed;
        let mut detail = Vec::new();
        if let Some(key) = key {
            let bytes: Vec<u8> = shown.iter().flat_map(|id| *id.as_bytes()).collect();
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
            let known = HashMap::new();
            read(&mut Desk { tx, keys: &app.keys, actor: &by, now, standing, packs: &app.packs, known })
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
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none: nobody has asked the door yet, and an id that nobody made must look like one
    /// that is not theirs.
    pub(crate) async fn key(&self, owner: Owner) -> Result<DataKey> {
        use porchlight_store::Error::{Forgotten, NoKey};
        let keys = self.keys.clone();
        let found = self.store.read(move |tx| keys.get(tx, owner)).await;
        found.map_err(|error| match error {
            NoKey | Forgotten => Error::NotFound,
            error => error.into(),
        })
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
