//! Programmes: opened from a pack, run by its rules and the programme's own choices.

use crate::door::{About, Actor, Desk};
use crate::{Action, App, Error, Fault, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, CommandId, ProgrammeId};
use porchlight_practice::pack::{
    Difference, Library, Pack, PackHash, PackId, Rules, Settings, SourceFile, compile,
};
use porchlight_practice::rule::Rulebook;
use porchlight_store::programme::{AdoptionRow, ProgrammeRow};
use porchlight_store::seal::Owner;
use porchlight_store::{Tx, credential, programme};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The packs this program carries, and those that programmes have adopted.
pub struct Packs {
    library: Library,
    adopted: Mutex<HashMap<Vec<u8>, Arc<Pack>>>,
    rules: Mutex<HashMap<(ProgrammeId, i64, Date), Arc<Rules>>>,
    books: Mutex<HashMap<(ProgrammeId, i64, Date), Arc<Rulebook>>>,
}

/// The programme somebody works in or is supported by, as far as every page needs it.
#[derive(Debug, Clone)]
pub struct Here {
    /// The rules in force now.
    pub rules: Arc<Rules>,
    /// Its time zone.
    pub zone: TimeZone,
    /// Its name.
    pub name: String,
}

/// Rules of this many programme-days are kept ready.
const RULES_KEPT: usize = 512;

impl Packs {
    pub(crate) fn new(library: Library) -> Packs {
        Packs { library, adopted: Mutex::default(), rules: Mutex::default(), books: Mutex::default() }
    }

    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    /// The rules in force in a programme now, and its time zone.
    pub(crate) fn rules(
        &self,
        tx: &mut Tx<'_>,
        id: ProgrammeId,
        now: Timestamp,
    ) -> Result<(Arc<Rules>, TimeZone)> {
        let here = self.here(tx, id, now)?;
        Ok((here.rules, here.zone))
    }

    /// What holds in a programme now.
    pub(crate) fn here(&self, tx: &mut Tx<'_>, id: ProgrammeId, now: Timestamp) -> Result<Here> {
        let row = programme::get(tx, id)?.ok_or(Error::NotFound)?;
        let zone = TimeZone::get(&row.zone).map_err(|_| Error::Damaged("programme"))?;
        let today = now.to_zoned(zone.clone()).date();
        let key = (id, row.version, today);
        if let Some(rules) = self.rules.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Here { rules: rules.clone(), zone, name: row.name });
        }
        let pack = self.pack_on(tx, id, today)?;
        let rules = Arc::new(pack.rules(today, &settings(&row)?));
        let mut kept = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= RULES_KEPT {
            kept.clear();
        }
        kept.insert(key, rules.clone());
        Ok(Here { rules, zone, name: row.name })
    }

    /// What a programme asks of those who work there, by the pack in force now, and its time zone.
    pub(crate) fn rulebook(
        &self,
        tx: &mut Tx<'_>,
        id: ProgrammeId,
        now: Timestamp,
    ) -> Result<(Arc<Rulebook>, TimeZone)> {
        let row = programme::get(tx, id)?.ok_or(Error::NotFound)?;
        let zone = TimeZone::get(&row.zone).map_err(|_| Error::Damaged("programme"))?;
        let today = now.to_zoned(zone.clone()).date();
        let key = (id, row.version, today);
        if let Some(book) = self.books.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok((book.clone(), zone));
        }
        let book = Arc::new(self.pack_on(tx, id, today)?.rulebook(&settings(&row)?));
        let mut kept = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= RULES_KEPT {
            kept.clear();
        }
        kept.insert(key, book.clone());
        Ok((book, zone))
    }

    /// The pack text in force in a programme on a day.
    pub(crate) fn pack_on(&self, tx: &mut Tx<'_>, id: ProgrammeId, on: Date) -> Result<Arc<Pack>> {
        let day = on.to_string();
        let adoptions = programme::adoptions(tx, id)?;
        // Before the first adoption there were no records; the first one counts.
        let adoption = adoptions.iter().find(|adoption| adoption.from_day <= day).or(adoptions.last());
        let adoption = adoption.ok_or(Error::Damaged("programme"))?;
        if let Some(pack) =
            self.adopted.lock().unwrap_or_else(PoisonError::into_inner).get(&adoption.pack_hash)
        {
            return Ok(pack.clone());
        }
        let row = programme::get(tx, id)?.ok_or(Error::NotFound)?;
        let bundle = programme::pack_bundle(tx, &adoption.pack_hash)?.ok_or(Error::Damaged("pack"))?;
        let files: Vec<SourceFile> = serde_json::from_str(&bundle).map_err(|_| Error::Damaged("pack"))?;
        let library = compile(&files).map_err(|_| Error::Damaged("pack"))?;
        let pack = library.get(&PackId(row.pack)).ok_or(Error::Damaged("pack"))?;
        self.adopted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(adoption.pack_hash.clone(), pack.clone());
        Ok(pack)
    }
}

fn settings(row: &ProgrammeRow) -> Result<Settings> {
    serde_json::from_str(&row.settings).map_err(|_| Error::Damaged("programme"))
}

/// What is chosen when a programme is opened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewProgramme {
    /// Its name.
    pub name: String,
    /// The pack's id.
    pub pack: String,
    /// IANA time zone of the place.
    pub zone: String,
    /// The programme's choices.
    pub settings: Settings,
}

/// A programme as its administrators see it.
#[derive(Debug, Clone)]
pub struct ProgrammeView {
    /// Its id.
    pub id: ProgrammeId,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub zone: String,
    /// The programme's choices.
    pub settings: Settings,
    /// Counts changes; a form sends it back.
    pub version: i64,
    /// What is in force today.
    pub rules: Arc<Rules>,
    /// What was adopted, the newest day first.
    pub adoptions: Vec<Adoption>,
    /// The same pack as this program carries it, when it is not adopted yet.
    pub newer: Option<NewerPack>,
}

/// A version of the programme's pack that is not adopted yet.
#[derive(Debug, Clone)]
pub struct NewerPack {
    /// The version its authors gave it.
    pub version: String,
    /// Which text.
    pub hash: PackHash,
    /// What it changes in the version adopted last, with the programme's own choices.
    pub differences: Vec<Difference>,
}

/// A pack taken into use from a day.
#[derive(Debug, Clone)]
pub struct Adoption {
    /// From which day.
    pub from: Date,
    /// The version its authors gave it.
    pub version: String,
    /// Which text.
    pub hash: PackHash,
    /// Who adopted it.
    pub by: String,
}

/// A programme in a list.
#[derive(Debug, Clone)]
pub struct ProgrammeLine {
    /// Its id.
    pub id: ProgrammeId,
    /// Its name.
    pub name: String,
    /// The pack's id.
    pub pack: String,
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Fault::Empty("name").into());
    }
    if name.chars().count() > 200 {
        return Err(Fault::TooLong("name").into());
    }
    Ok(name.to_string())
}

impl App {
    /// Opens a programme from a pack this program carries.
    ///
    /// # Errors
    /// When the name is missing, the pack or zone is unknown, or a choice does not fit the pack.
    pub async fn open_programme(
        &self,
        actor: &Actor,
        command: CommandId,
        new: NewProgramme,
    ) -> Result<ProgrammeId> {
        let name = checked_name(&new.name)?;
        let pack = self.library().get(&PackId(new.pack.clone())).ok_or(Fault::Unknown("pack"))?;
        let zone = TimeZone::get(&new.zone).map_err(|_| Fault::Unknown("zone"))?;
        let today = self.now().to_zoned(zone).date();
        new.settings.check(&pack, today).map_err(Fault::Settings)?;
        let bundle = serde_json::to_string(&pack.bundle()).map_err(|_| Error::Damaged("pack"))?;
        let id = ProgrammeId(self.ids.next());
        let (_, key) = self.keys.make(Owner::Programme(id.0))?;
        let row = ProgrammeRow {
            id,
            name,
            pack: new.pack.clone(),
            zone: new.zone.clone(),
            settings: serde_json::to_string(&new.settings).map_err(|_| Error::Damaged("programme"))?,
            version: 1,
        };
        let hash = pack.hash;
        self.command(actor, command, Action::ProgrammeOpen, About::Agency, &new, move |desk| {
            desk.tx.put_key(&key, desk.now)?;
            programme::insert(desk.tx, &row, desk.now)?;
            programme::keep_pack(desk.tx, &hash.0, &row.pack, &bundle, desk.now)?;
            let adoption = AdoptionRow {
                from_day: today.to_string(),
                pack_hash: hash.0.to_vec(),
                by: desk.actor.account,
            };
            programme::adopt(desk.tx, row.id, &adoption, desk.now)?;
            Ok(row.id)
        })
        .await
    }

    /// Changes the programme's name and choices.
    ///
    /// # Errors
    /// When a choice does not fit the pack, or somebody changed it since `version`.
    pub async fn change_programme(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        name: &str,
        settings: Settings,
        version: i64,
    ) -> Result<()> {
        let name = checked_name(name)?;
        let body = (id, name.clone(), settings.clone(), version);
        let text = serde_json::to_string(&settings).map_err(|_| Error::Damaged("programme"))?;
        self.command(actor, command, Action::ProgrammeChange, About::Programme(id), &body, move |desk| {
            let (rules, _) = desk.rules(id)?;
            let pack = desk.packs.clone().pack_on(desk.tx, id, rules.on)?;
            settings.check(&pack, rules.on).map_err(Fault::Settings)?;
            if !programme::change(desk.tx, id, &name, &text, version)? {
                return Err(Error::Stale);
            }
            Ok(credential::all_due(desk.tx, id, &rules.on.to_string())?)
        })
        .await
    }

    /// Adopts the version of the programme's pack that this program carries, from a day on.
    ///
    /// # Errors
    /// When this program carries no such pack, or the day is past.
    pub async fn adopt_pack(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        from: Date,
    ) -> Result<()> {
        let packs = self.packs.clone();
        self.command(
            actor,
            command,
            Action::ProgrammeAdoptPack,
            About::Programme(id),
            &(id, from),
            move |desk| {
                let row = programme::get(desk.tx, id)?.ok_or(Error::NotFound)?;
                let (rules, _) = desk.rules(id)?;
                if from < rules.on {
                    return Err(Fault::Unknown("from").into());
                }
                let pack = packs.library().get(&PackId(row.pack.clone())).ok_or(Fault::Unknown("pack"))?;
                let bundle = serde_json::to_string(&pack.bundle()).map_err(|_| Error::Damaged("pack"))?;
                programme::keep_pack(desk.tx, &pack.hash.0, &row.pack, &bundle, desk.now)?;
                let adoption = AdoptionRow {
                    from_day: from.to_string(),
                    pack_hash: pack.hash.0.to_vec(),
                    by: desk.actor.account,
                };
                programme::adopt(desk.tx, id, &adoption, desk.now)?;
                // The version counts changes of the rules too, so that nothing goes on with the old ones.
                programme::change(desk.tx, id, &row.name, &row.settings, row.version)?;
                Ok(credential::all_due(desk.tx, id, &from.to_string())?)
            },
        )
        .await
    }

    /// A programme's rules and settings.
    ///
    /// # Errors
    /// When there is no such programme for this actor.
    pub async fn programme(&self, actor: &Actor, id: ProgrammeId) -> Result<ProgrammeView> {
        self.look(actor, Action::ProgrammeRead, About::Programme(id), "programme", move |desk| {
            let row = programme::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let (rules, _) = desk.rules(id)?;
            let mut adoptions = Vec::new();
            for adoption in programme::adoptions(desk.tx, id)? {
                let from: Date = adoption.from_day.parse().map_err(|_| Error::Damaged("programme"))?;
                let pack = desk.packs.clone().pack_on(desk.tx, id, from)?;
                let by = desk.name_of(adoption.by)?;
                adoptions.push(Adoption { from, version: pack.version.clone(), hash: pack.hash, by });
            }
            let settings = settings(&row)?;
            let newest = adoptions.first().map(|adoption| (adoption.hash, adoption.from));
            let carried = desk.packs.library().get(&PackId(row.pack.clone()));
            let newer = match (carried, newest) {
                (Some(pack), Some((hash, from))) if pack.hash != hash => {
                    let on = from.max(rules.on);
                    let adopted = desk.packs.clone().pack_on(desk.tx, id, on)?.rules(on, &settings);
                    Some(NewerPack {
                        version: pack.version.clone(),
                        hash: pack.hash,
                        differences: adopted.differences(&pack.rules(on, &settings)),
                    })
                }
                _ => None,
            };
            Ok(ProgrammeView {
                id,
                settings,
                name: row.name,
                zone: row.zone,
                version: row.version,
                rules,
                adoptions,
                newer,
            })
        })
        .await
    }

    /// The programmes an actor can act in: all of them for the agency, else their own.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn programmes(&self, actor: &Actor) -> Result<Vec<ProgrammeLine>> {
        let own = actor.programme;
        self.store
            .read(move |tx| {
                let rows = programme::all(tx)?;
                let seen = rows.into_iter().filter(|row| own.is_none_or(|id| id == row.id));
                Ok(seen.map(|row| ProgrammeLine { id: row.id, name: row.name, pack: row.pack }).collect())
            })
            .await
    }

    /// The rules an actor works under today, the zone of the place and the programme's name. No record is read.
    ///
    /// # Errors
    /// When the actor is in no programme.
    pub async fn rules_of(&self, actor: &Actor) -> Result<(Arc<Rules>, TimeZone, String)> {
        let id = actor.programme.ok_or(Error::NotFound)?;
        let (packs, now) = (self.packs.clone(), self.now());
        self.store
            .read(move |tx| {
                let here = packs.here(tx, id, now)?;
                Ok((here.rules, here.zone, here.name))
            })
            .await
    }
}

/// Whether somebody has a role in the programme of the desk.
pub(crate) fn works_here(desk: &mut Desk<'_, '_>, id: ProgrammeId, who: AccountId) -> Result<bool> {
    has_role(desk.tx, id, who, |_| true)
}

/// Whether somebody works in a programme in such a role. It asks what they are, and not who else is there.
pub(crate) fn has_role(
    tx: &mut Tx<'_>,
    id: ProgrammeId,
    who: AccountId,
    kind: impl Fn(Role) -> bool,
) -> Result<bool> {
    let now = porchlight_store::account::memberships(tx, who)?;
    Ok(now.iter().any(|one| one.programme == Some(id) && one.person.is_none() && kind(one.role)))
}

/// Whether somebody works in a programme as one who walks with people.
pub(crate) fn walks_here(desk: &mut Desk<'_, '_>, id: ProgrammeId, who: AccountId) -> Result<bool> {
    has_role(desk.tx, id, who, Role::is_peer)
}
