//! Programmes full of invented people, on this machine only. Everything goes through the same doors as real work: the
//! clock is set back, and the days are lived through one command at a time.

mod advocacy;
mod credentials;
mod groups;
mod growth;
mod pairing;
mod people;
mod safety;
mod supervision;
mod visits;

use crate::{packs, runtime, serve};
use anyhow::{Context, bail};
use axum::middleware::map_response;
use axum::response::Response;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use people::{Day, Human, Paper, Programme, Supported, Toward};
use porchlight_app::account::{NewAccount, Secret};
use porchlight_app::contact::Saved;
use porchlight_app::corner::tools_for_oneself;
use porchlight_app::person::{FirstSupport, NewPerson};
use porchlight_app::programme::NewProgramme;
use porchlight_app::{Actor, App, Clock, Ids, RealIds, SystemClock};
use porchlight_practice::Lang;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::contact::Draft;
use porchlight_practice::document::{Answer, Document, Seen, fields_of, read};
use porchlight_practice::goal::{Barrier, BarrierKind, Plan, PlannedStep, Ten};
use porchlight_practice::id::{CommandId, ContactId, DocumentId, EnergyId, GoalId, ItemId, PersonId};
use porchlight_practice::pack::{Section, Settings};
use porchlight_practice::person::{Child, NaturalSupport, Profile, Way, WayKind};
use porchlight_practice::work::Work;
use porchlight_store::seal::{KeyRing, Keys};
use porchlight_store::{Address, Options, Store};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A clock that can be set while the invented days are lived through, and then runs.
#[derive(Default)]
struct DemoClock {
    set: Mutex<Option<Timestamp>>,
    /// How far it runs before the machine's clock, or behind it.
    ahead: SignedDuration,
}

impl DemoClock {
    /// One that starts in the morning of this day, in all zones of the packs, whatever the hour of the machine is.
    fn on(today: Option<Date>) -> DemoClock {
        let morning = today.and_then(|day| day.at(15, 0, 0, 0).to_zoned(TimeZone::UTC).ok());
        let ahead =
            morning.map_or(SignedDuration::ZERO, |at| at.timestamp().duration_since(SystemClock.now()));
        DemoClock { set: Mutex::default(), ahead }
    }

    fn set(&self, at: Option<Timestamp>) {
        *self.set.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Now, whatever it is set to.
    fn running(&self) -> Timestamp {
        SystemClock.now() + self.ahead
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        self.set.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(|| self.running())
    }
}

/// What somebody wants to see.
#[derive(clap::Args)]
pub struct Wish {
    /// The port on this machine; 0 takes any free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Other invented days for another number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One programme more, with so many people. Each has somebody who walks with them, a goal, and 100 signed contacts of two
    /// years, with every entry of the journal: about 0.4 MB on disk, and 20 ms, for each of them.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    people: Option<u64>,
    /// Write the sign-in links into this file, as JSON.
    #[arg(long, value_name = "FILE")]
    links: Option<PathBuf>,
    /// Keep the data in this folder, and go on with it the next time, at the same port.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// As if today were this day. With --data, time passes between two runs. Only the demo has this.
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Say in every answer how many access decisions were made so far; the benchmark counts with it.
    #[arg(long, hide = true)]
    count_decisions: bool,
}

/// `porchlight demo`
pub fn demo(wish: &Wish, folder: Option<&Path>) -> anyhow::Result<ExitCode> {
    let Wish { port, seed, people, today, count_decisions, .. } = *wish;
    let (links, kept) = (wish.links.as_deref(), wish.data.as_deref());
    serve::log(tracing::Level::WARN);
    let gone_after = tempfile::tempdir().context("no room for the demo's data")?;
    let data = kept.unwrap_or(gone_after.path());
    std::fs::create_dir_all(data).with_context(|| format!("{} can't be made", data.display()))?;
    let (ring, made_before) = (data.join("keys"), data.join("links.json"));
    let clock = Arc::new(DemoClock::on(today));
    let store_clock = clock.clone();
    let store = Store::open(
        &Address::Sqlite(data.join("demo.sqlite")),
        Options::new(Arc::new(move || store_clock.now())),
    )?;
    let goes_on = made_before.exists();
    if goes_on && people.is_some() {
        bail!("{} is full of people already; take another folder for others", data.display());
    }
    if !goes_on {
        store.blocking_write(porchlight_store::growth::mark)?;
    }
    let keys = Keys::new(match goes_on {
        true => KeyRing::read(&ring)?,
        false => {
            let new = KeyRing::generate()?;
            new.write_new(&ring)?;
            new
        }
    });
    let app = App::new(store, keys, packs::library(folder)?, clock.clone(), Arc::new(RealIds))?;
    let heads = app.heads_file(&data.join("journal-heads"))?;
    runtime()?.block_on(async move {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .with_context(|| format!("port {port} is not free; choose another with --port, or 0 for any"))?;
        let base = format!("http://{}", listener.local_addr()?);
        // A passkey answers to a name alone, so there are some under localhost.
        let app = app.with_passkeys(&format!("http://localhost:{}", listener.local_addr()?.port()));
        let world = Demo { app: app.clone(), clock: clock.clone(), base: base.clone() };
        let made: Vec<Link> = match goes_on {
            true => serde_json::from_slice(&std::fs::read(&made_before)?)?,
            false => world.live_through(seed, people).await?,
        };
        // Last, so that a folder with it is one that was lived through to the end.
        std::fs::write(&made_before, serde_json::to_vec_pretty(&made)?)?;
        clock.set(None);
        let mut shown = String::new();
        for link in &made {
            shown += &format!("  {:<24} {:<22} {}\n", link.role, link.name, link.url);
        }
        shown += &format!(
            "\n{} has a corner of their own, under /mine. Its passphrase: {}\n",
            people::CORNER.of,
            people::CORNER.passphrase
        );
        shown += &format!("Where a page asks for a password again, everybody's is: {}\n", people::PASSWORD);
        println!(
            "Sign in as anybody; the links last as long as this program runs:\n\n{shown}\nCtrl-C ends it."
        );
        if let Some(file) = links {
            // Written beside and renamed, so that whoever waits for it never reads half.
            let half = file.with_extension("part");
            std::fs::write(&half, serde_json::to_vec_pretty(&made)?)
                .and_then(|()| std::fs::rename(&half, file))
                .with_context(|| format!("{} can't be written", file.display()))?;
        }
        let (stop, stopped) = watch::channel(false);
        let clockwork = tokio::spawn({
            let app = app.clone();
            async move { app.clockwork(heads, stopped).await }
        });
        let live = app.live().clone();
        let mut pages = serve::pages(app.clone(), base);
        if count_decisions {
            pages = pages.layer(map_response(move |mut answer: Response| {
                answer.headers_mut().insert("x-decisions", app.decisions().into());
                std::future::ready(answer)
            }));
        }
        serve::run(pages, live, listener, serve::asked_to_end()?).await;
        let _ = stop.send(true);
        let _ = clockwork.await;
        drop(gone_after);
        Ok(ExitCode::SUCCESS)
    })
}

/// A link to sign in as somebody.
#[derive(serde::Serialize, serde::Deserialize)]
struct Link {
    role: String,
    name: String,
    programme: String,
    url: String,
}

/// Answers as a form sends them: question, item, answer.
type Given = Vec<(String, ItemId, Answer)>;

struct Demo {
    app: App,
    clock: Arc<DemoClock>,
    base: String,
}

impl Demo {
    fn command(&self) -> CommandId {
        self.app.command_id()
    }

    async fn live_through(&self, seed: u64, people: Option<u64>) -> anyhow::Result<Vec<Link>> {
        let now = self.clock.running();
        self.clock.set(Some(now - SignedDuration::from_hours(24 * 30)));
        let first = self.app.found_agency("Ruth Calloway").await?;
        let director = self.accept(&first, "Ruth Calloway", Lang::En).await?;
        let mut links = vec![self.link(&director, "Agency").await?];
        for programme in people::programmes() {
            links.extend(self.programme(&director, programme, now, seed).await?);
        }
        if let Some(people) = people {
            links.extend(self.grow(&director, people, seed).await?);
        }
        Ok(links)
    }

    async fn accept(&self, invitation: &Secret, name: &str, lang: Lang) -> anyhow::Result<Actor> {
        let new = NewAccount {
            name: name.to_string(),
            sign_in_name: format!("{} {}", name.to_lowercase(), RealIds.unguessable()),
            password: people::PASSWORD.to_owned(),
            lang,
        };
        let session = self.app.accept_invitation(invitation, new, false).await?;
        Ok(self.app.session(&session).await?.actor)
    }

    async fn link(&self, actor: &Actor, programme: &str) -> anyhow::Result<Link> {
        // Long enough for whoever lets years pass.
        let until = self.clock.running() + SignedDuration::from_hours(24 * 365 * 5);
        let secret = self.app.sign_in_link(actor.membership(), until).await?;
        Ok(Link {
            role: actor.role().as_str().to_owned(),
            name: actor.name().to_string(),
            programme: programme.to_string(),
            url: format!("{}/open/{}", self.base, secret.expose()),
        })
    }

    async fn programme(
        &self,
        director: &Actor,
        plan: Programme,
        now: Timestamp,
        seed: u64,
    ) -> anyhow::Result<Vec<Link>> {
        let app = &self.app;
        let new = NewProgramme {
            name: plan.name.into(),
            pack: plan.pack.into(),
            zone: plan.zone.into(),
            settings: Settings::default(),
        };
        let id = app.open_programme(director, self.command(), new).await?;
        let mut staff: BTreeMap<&str, Actor> = BTreeMap::new();
        let mut links = Vec::new();
        for Human { name, title, phone, lang } in plan.staff {
            let invitation = app.invite_worker(director, self.command(), id, name, title).await?;
            let actor = self.accept(&invitation, name, *lang).await?;
            let version = app.my_account(&actor).await?.version;
            app.change_account(&actor, self.command(), name, phone, *lang, version).await?;
            links.push(self.link(&actor, plan.name).await?);
            staff.insert(*name, actor);
        }
        let account = |name: &str| staff.get(name).map(Actor::account).context("somebody is missing");
        for (peer, supervisor) in plan.supervision {
            app.name_supervisor(director, self.command(), id, account(peer)?, account(supervisor)?).await?;
        }
        for (supervisor, deputy) in plan.deputies {
            app.name_deputy(director, self.command(), id, account(supervisor)?, account(deputy)?).await?;
        }
        self.ladder(director, id, &plan, &staff, now).await?;
        let (mut first, mut come) = (None, Vec::new());
        let mut signed_in: BTreeMap<&str, (PersonId, Actor)> = BTreeMap::new();
        let zone = TimeZone::get(plan.zone)?;
        for (number, supported) in plan.people.iter().enumerate() {
            let lead = staff.get(plan.lead).context("somebody is missing")?;
            let peer = staff.get(supported.peer).context("somebody is missing")?;
            self.clock.set(Some(now - SignedDuration::from_hours(24 * 25)));
            let person = self.add(lead, peer, supported).await?;
            first.get_or_insert(person);
            let mut goals = Vec::new();
            for words in supported.goals {
                goals.push(app.say_goal(peer, self.command(), person, words).await?);
            }
            self.first_meeting(peer, person).await?;
            let mut own = None;
            if supported.signs_in {
                let invitation = app.invite_person(peer, self.command(), person).await?;
                let actor = self.accept(&invitation, supported.called, supported.lang).await?;
                links.push(self.link(&actor, plan.name).await?);
                signed_in.insert(supported.called, (person, actor.clone()));
                own = Some(actor);
            }
            if let Some((name, years)) = supported.guardian {
                let today = now.to_zoned(zone.clone()).date();
                let born = today.checked_sub(jiff::Span::new().years(years).months(7))?;
                app.say_birth(peer, self.command(), person, born).await?;
                let invitation = app.invite_guardian(peer, self.command(), person, name).await?;
                let guardian = self.accept(&invitation, name, supported.lang).await?;
                links.push(self.link(&guardian, plan.name).await?);
            }
            self.papers(&staff, peer, own.as_ref(), person, supported.papers, now).await?;
            if let (Some(toward), Some(goal)) = (&supported.toward, goals.first()) {
                self.toward(peer, own.as_ref(), person, *goal, toward, now).await?;
            }
            for day in supported.days {
                self.day(&staff, peer, own.as_ref(), person, &goals, day, now, &zone, seed + number as u64)
                    .await?;
            }
            self.visits(peer, person, goals.first().copied(), number, now, &zone).await?;
            self.advocacy(peer, person, supported.called, now, &zone).await?;
            if plan.pack == "us-ga-adult" && !supported.works_here {
                come.push(groups::Comes { person, peer: peer.clone(), own: own.clone() });
            }
            if let (Some(reader), Some(actor)) = (supported.shares_with, &own) {
                self.clock.set(Some(now - SignedDuration::from_hours(24 * 4)));
                app.give_consent(actor, self.command(), person, account(reader)?, RecordPart::Notes, 30)
                    .await?;
                let team = staff.get(reader).context("somebody is missing")?;
                self.clock.set(Some(now - SignedDuration::from_hours(50)));
                app.visits(team, person).await?;
            }
        }
        if plan.pack == "us-ca-parent" {
            self.pairing(&staff, &signed_in, &zone, now).await?;
        }
        if plan.pack == "us-al-parent" {
            self.credentials(&staff, now).await?;
            self.supervision(&staff, &zone, now).await?;
        }
        self.work(&staff, &plan, now, &zone).await?;
        if let ("us-ga-adult", Some(person)) = (plan.pack, first) {
            self.reports(&staff, &plan, person, now).await?;
            self.groups(&staff, &come, now).await?;
        }
        if let Some(owner) = staff.get(people::CORNER.of) {
            self.corner(owner, now).await?;
        }
        Ok(links)
    }

    /// The way to a goal: written together, and what is done and how near it feels as the person says it.
    async fn toward(
        &self,
        peer: &Actor,
        own: Option<&Actor>,
        person: PersonId,
        goal: GoalId,
        toward: &Toward,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let app = &self.app;
        self.clock.set(Some(now - SignedDuration::from_hours(24 * 24)));
        let step = |(what, helps, _): &(&str, &str, bool)| PlannedStep {
            what: (*what).into(),
            helps: (*helps).into(),
            ..PlannedStep::default()
        };
        let barrier = |(kind, what, helps): &(BarrierKind, &str, &str)| Barrier {
            kind: *kind,
            what: (*what).into(),
            helps: (*helps).into(),
        };
        let plan = Plan {
            areas: toward.areas.iter().map(|area| (*area).to_owned()).collect(),
            plan_words: Some(toward.plan_words.into()),
            steps: toward.steps.iter().map(step).collect(),
            in_the_way: toward.in_the_way.iter().map(barrier).collect(),
        };
        app.plan_goal(peer, self.command(), person, goal, plan, 1).await?;
        let says = own.unwrap_or(peer);
        for (days_ago, near, sure, words) in toward.ratings {
            self.clock.set(Some(now - SignedDuration::from_hours(24 * days_ago)));
            let (near, sure) = (Ten::try_from(*near)?, Ten::try_from(*sure)?);
            app.rate_goal(says, self.command(), person, goal, near, Some(sure), words).await?;
        }
        for (step, _) in (1..).zip(toward.steps).filter(|(_, (.., done))| *done) {
            let version = app.goal(says, person, goal).await?.version;
            app.step_done(says, self.command(), person, goal, step, true, version).await?;
        }
        Ok(())
    }

    /// What somebody wrote, as they would have written it: by themself, or read back to them.
    async fn papers(
        &self,
        staff: &BTreeMap<&str, Actor>,
        peer: &Actor,
        own: Option<&Actor>,
        person: PersonId,
        papers: &[Paper],
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let app = &self.app;
        let writer = own.unwrap_or(peer);
        for paper in papers {
            let begun = now - SignedDuration::from_hours(24 * paper.days_ago);
            self.clock.set(Some(begun));
            let id = app.start_document(writer, self.command(), person, paper.tool).await?;
            for (days, answers) in [(0, paper.answers), (2, paper.later)] {
                self.clock.set(Some(begun + SignedDuration::from_hours(24 * days)));
                self.answer(writer, id, answers).await?;
            }
            for (reader, sections, days, writes, stopped) in paper.shares {
                let reader = staff.get(reader).context("somebody is missing")?;
                let sections = sections.iter().map(|section| (*section).to_owned()).collect();
                app.share(writer, self.command(), id, reader.account(), sections, *days, *writes).await?;
                self.clock.set(Some(begun + SignedDuration::from_hours(60)));
                app.document(reader, id).await?;
                if *stopped {
                    app.stop_share(writer, self.command(), id, reader.account()).await?;
                }
            }
        }
        Ok(())
    }

    /// What one peer specialist wrote for themself alone.
    async fn corner(&self, owner: &Actor, now: Timestamp) -> anyhow::Result<()> {
        let app = &self.app;
        self.clock.set(Some(now - SignedDuration::from_hours(24 * 12)));
        let link = app.sign_in_link(owner.membership(), app.now() + SignedDuration::from_hours(1)).await?;
        let session = app.session(&app.sign_in_by_link(&link, false).await?.secret()?).await?;
        let (open, _) = app.make_corner(&session, people::CORNER.passphrase).await?;
        let (rules, ..) = app.rules_of(owner).await?;
        for (tool, answers) in people::CORNER.papers {
            let tool = tools_for_oneself(&rules).find(|offered| offered.id == *tool);
            let tool = tool.context("a tool is missing")?;
            let id = DocumentId(self.command().0);
            app.begin_in_corner(&open, id, tool).await?;
            for section in &tool.sections {
                let given = self.given(section, answers)?;
                app.write_in_corner(&open, id, &section.id, Seen::default(), given).await?;
            }
        }
        for (days_ago, step, words) in people::CORNER.energy {
            self.clock.set(Some(now - SignedDuration::from_hours(24 * days_ago)));
            app.feel(&open, EnergyId(self.command().0), Ten::try_from(*step)?, words).await?;
        }
        Ok(())
    }

    /// Saves each section once, as the page does.
    async fn answer(&self, writer: &Actor, id: DocumentId, answers: &[(&str, &str)]) -> anyhow::Result<()> {
        if answers.is_empty() {
            return Ok(());
        }
        let view = self.app.document(writer, id).await?;
        let mut seen = view.seen;
        for section in &view.tool.sections {
            let given = self.given(section, answers)?;
            if !given.is_empty() {
                let read = move |_: &_| given.clone();
                let written =
                    self.app.write_document(writer, self.command(), id, &section.id, seen, read).await?;
                seen = written.seen;
            }
        }
        Ok(())
    }

    /// The answers that belong into a section, as its form would send them.
    fn given(&self, section: &Section, answers: &[(&str, &str)]) -> anyhow::Result<Given> {
        let mut given = Vec::new();
        for (name, words) in answers {
            let Some(question) = section.questions.iter().find(|question| question.id == *name) else {
                continue;
            };
            let item = if question.kind.is_list() { ItemId(self.command().0) } else { Document::ONLY };
            let parts: Vec<&str> = words.split(" | ").collect();
            let ends = fields_of(&question.kind);
            let answer = read(question, |end| {
                let at = ends.iter().position(|known| *known == end).unwrap_or(0);
                parts.get(at).map(|part| (*part).to_owned()).unwrap_or_default()
            })?;
            given.push(((*name).to_owned(), item, answer));
        }
        Ok(given)
    }

    async fn add(&self, lead: &Actor, peer: &Actor, supported: &Supported) -> anyhow::Result<PersonId> {
        let profile = Profile {
            called: supported.called.into(),
            family_name: supported.family_name.into(),
            pronouns: supported.pronouns.into(),
            described: supported.described.into(),
            language: if supported.lang == Lang::Es { "Español".into() } else { "English".into() },
            ways: vec![Way { kind: WayKind::Phone, value: supported.phone.into(), shared: false }],
            safe_hours: supported.safe_hours.into(),
            never: supported.never.into(),
            strengths: supported.strengths.iter().map(ToString::to_string).collect(),
            matters: supported.matters.into(),
            needs: supported.needs.iter().map(ToString::to_string).collect(),
            culture: supported.culture.into(),
            natural_supports: supported
                .natural_supports
                .iter()
                .map(|(name, how)| NaturalSupport { name: name.to_string(), how: how.to_string() })
                .collect(),
            interpreter: false,
        };
        let id = PersonId(RealIds.next());
        let first = FirstSupport { peer: peer.account(), part: "main".into(), responsible: lead.account() };
        let new = NewPerson { id, profile, works_here: supported.works_here, first: Some(first) };
        self.app.add_person(lead, self.command(), new).await?;
        for (called, born, tie, loves) in supported.children {
            let child = Child {
                called: called.to_string(),
                born: Some(*born),
                tie: tie.to_string(),
                loves: loves.to_string(),
            };
            self.app.add_child(peer, self.command(), id, child).await?;
        }
        Ok(id)
    }

    async fn first_meeting(&self, peer: &Actor, person: PersonId) -> anyhow::Result<()> {
        let (rules, _, _) = self.app.rules_of(peer).await?;
        let view = self.app.person(peer, person).await?;
        let support = view.supports.first().context("nobody walks with a new person")?;
        let items = rules.first_meeting.iter().map(|item| item.id.clone()).collect();
        self.app.say_first_meeting(peer, self.command(), person, support.id, items, support.version).await?;
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "one invented day needs all of its surroundings")]
    async fn day(
        &self,
        staff: &BTreeMap<&str, Actor>,
        peer: &Actor,
        own: Option<&Actor>,
        person: PersonId,
        goals: &[GoalId],
        day: &Day,
        now: Timestamp,
        zone: &TimeZone,
        seed: u64,
    ) -> anyhow::Result<()> {
        let app = &self.app;
        let today = now.to_zoned(zone.clone()).date();
        let date = today.checked_sub(jiff::Span::new().days(day.days_ago))?;
        // Another seed gives other minutes, and nothing else.
        let minute = (seed * 7 + u64::try_from(day.days_ago).unwrap_or(0) * 5) % 12 * 5;
        let at = Time::new(day.hour, i8::try_from(minute)?, 0, 0)?;
        let started = date.to_datetime(at).to_zoned(zone.clone())?.timestamp();
        let ended = started + SignedDuration::from_mins(day.minutes);
        if ended >= now {
            return Ok(());
        }
        let (rules, _, _) = app.rules_of(peer).await?;
        let draft = Draft {
            purpose: day.purpose.into(),
            goal: goals.first().copied(),
            kind: day.kind.into(),
            place: day.place.into(),
            started: Some(started),
            ended: Some(ended),
            did: day.did.iter().map(ToString::to_string).collect(),
            strengths: day.strengths.into(),
            own_words: day.own_words.into(),
            response: day.response.into(),
            next_step: day.next_step.into(),
            next_words: day.next_words.into(),
            ..Draft::default()
        };
        for id in &draft.did {
            if rules.activity(id).is_none() {
                bail!("the demo uses an activity that its pack does not have: {id}");
            }
        }
        self.clock.set(Some((ended + SignedDuration::from_mins(40)).min(now)));
        let contact = ContactId(RealIds.next());
        let Saved::Done(version) = app.save_draft(peer, self.command(), contact, person, draft, 0).await?
        else {
            bail!("a draft of the demo clashed");
        };
        if !day.signed {
            return Ok(());
        }
        let signed = (ended + SignedDuration::from_mins(45 + day.late_hours * 60)).min(now);
        self.clock.set(Some(signed));
        app.sign_note(peer, self.command(), contact, version)
            .await
            .with_context(|| format!("a note of the demo could not be signed: {}", day.own_words))?;
        let later = |hours: i64| Some((signed + SignedDuration::from_hours(hours)).min(now));
        for (who, kind, words) in day.after {
            self.clock.set(later(6));
            let actor = match (*who, own) {
                ("person", Some(own)) => own,
                ("person", None) => continue,
                (name, _) => staff.get(name).context("somebody is missing")?,
            };
            app.note(actor, contact).await?;
            app.add_to_note(actor, self.command(), contact, *kind, words).await?;
        }
        Ok(())
    }

    async fn work(
        &self,
        staff: &BTreeMap<&str, Actor>,
        plan: &Programme,
        now: Timestamp,
        zone: &TimeZone,
    ) -> anyhow::Result<()> {
        let today = now.to_zoned(zone.clone()).date();
        for (name, days_ago, hour, minutes, kind, words) in plan.work {
            let actor = staff.get(name).context("somebody is missing")?;
            let date = today.checked_sub(jiff::Span::new().days(*days_ago))?;
            let started = date.to_datetime(Time::new(*hour, 0, 0, 0)?).to_zoned(zone.clone())?.timestamp();
            let ended = started + SignedDuration::from_mins(*minutes);
            if ended >= now {
                continue;
            }
            self.clock.set(Some(ended + SignedDuration::from_mins(5)));
            let work = Work { kind: kind.to_string(), started, ended, words: words.to_string() };
            self.app.log_work(actor, self.command(), work).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use porchlight_practice::pack::Choice;
    use porchlight_practice::role::Role;

    #[test]
    fn the_demo_has_a_programme_for_every_pack() {
        let opened: Vec<&str> = people::programmes().iter().map(|programme| programme.pack).collect();
        assert_eq!(opened, ["us-ga-adult", "us-al-parent", "us-ca-parent", "us-mo-adult", "us-wi-adult"]);
        let library = packs::library(None).unwrap();
        let mut shipped: Vec<&str> = library.iter().map(|pack| pack.id.as_str()).collect();
        shipped.retain(|id| *id != "common" && !opened.contains(id));
        assert!(shipped.is_empty(), "nobody shows {shipped:?}");
    }

    #[test]
    fn the_demo_has_every_role_it_promises_in_each_programme() {
        let library = packs::library(None).unwrap();
        let mut called = Vec::new();
        for programme in people::programmes() {
            let pack = library.get(&programme.pack.into()).unwrap();
            let rules = pack.rules(date(2026, 11, 20), &Settings::default());
            let names: Vec<&str> = programme.staff.iter().map(|human| human.name).collect();
            assert!(programme.people.iter().any(|person| person.signs_in));
            for (peer, supervisor) in programme.supervision {
                assert!(names.contains(peer) && names.contains(supervisor));
            }
            let walks = if rules.family { Role::ParentPeerSpecialist } else { Role::PeerSpecialist };
            for role in [walks, Role::Supervisor, Role::TeamMember, Role::PrivacyLead, Role::ProgrammeAdmin] {
                let has = |human: &Human| rules.title(human.title).unwrap().role == role;
                assert!(programme.staff.iter().any(has), "{} has no {}", programme.name, role.as_str());
            }
            called.extend(names);
            called.extend(programme.people.iter().map(|person| person.called));
        }
        let all = called.len();
        called.sort_unstable();
        called.dedup();
        assert_eq!(called.len(), all, "two have the same name, and tests find people by name");
    }

    /// What a note or a paper chooses is one of the pack's choices: a page would show anything else as nothing.
    #[test]
    fn the_demo_chooses_only_what_its_packs_offer() {
        let library = packs::library(None).unwrap();
        let mut unknown = Vec::new();
        for programme in people::programmes() {
            let pack = library.get(&programme.pack.into()).unwrap();
            let rules = pack.rules(date(2026, 11, 20), &Settings::default());
            let mut look = |choices: &[Choice], id: &str| {
                if !id.is_empty() && !choices.iter().any(|choice| choice.id == id) {
                    unknown.push(format!("{id} of {}", programme.name));
                }
            };
            for (_, _, _, _, kind, _) in programme.work {
                look(&rules.work_kinds, kind);
            }
            for person in programme.people {
                for (_, _, tie, _) in person.children {
                    look(&rules.support.caregivers, tie);
                }
                for day in person.days {
                    look(&rules.places, day.place);
                    look(&rules.purposes, day.purpose);
                    look(&rules.next_steps, day.next_step);
                    assert!(rules.contact_kind(day.kind).is_some(), "{}", day.kind);
                }
                for paper in person.papers {
                    let tool = rules.tools.iter().find(|tool| tool.id == paper.tool);
                    let tool = tool.unwrap_or_else(|| panic!("no pack has {}", paper.tool));
                    for (question, _) in paper.answers.iter().chain(paper.later) {
                        assert!(tool.question(question).is_some(), "{} does not ask {question}", paper.tool);
                    }
                }
            }
        }
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
