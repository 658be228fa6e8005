//! The decision for every question that can be asked.

use crate::Action;
use cedar_policy::{
    Authorizer, Context, Decision as Verdict, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    PolicySet, Request, RestrictedExpression, Schema, ValidationMode, Validator,
};
use porchlight_practice::Role;
use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

/// How the actor stands to the record. The closest tie counts, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The record is about the actor.
    Own,
    /// The record is of a young person for whom the actor decides today, as their guardian.
    Guardian,
    /// The actor wrote it.
    Author,
    /// The actor was called about it by name: by a ladder, or as the one who is asked.
    Called,
    /// The actor walks with this person now.
    Walks,
    /// The actor supervises, or deputises for the supervisor of, whoever wrote it or walks with this person.
    Supervises,
    /// The actor said in writing that it is an emergency, a short while ago.
    Emergency,
    /// The actor works in the same programme and has no closer tie. A supporter: is somebody's, who decides alone.
    Programme,
    /// The actor's role is for the whole agency.
    Agency,
    /// The record is of somebody who works here too, and the actor has no closer tie.
    Colleague,
    /// The actor has the code of a card in their hand.
    Card,
    /// Nothing ties the actor to the record.
    Stranger,
}

impl Relation {
    /// Every relation, closest first.
    pub const ALL: [Relation; 12] = [
        Relation::Own,
        Relation::Guardian,
        Relation::Author,
        Relation::Called,
        Relation::Walks,
        Relation::Supervises,
        Relation::Emergency,
        Relation::Programme,
        Relation::Agency,
        Relation::Colleague,
        Relation::Card,
        Relation::Stranger,
    ];

    /// The name in policies.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Own => "own",
            Relation::Guardian => "guardian",
            Relation::Author => "author",
            Relation::Called => "called",
            Relation::Walks => "walks",
            Relation::Supervises => "supervises",
            Relation::Emergency => "emergency",
            Relation::Programme => "programme",
            Relation::Agency => "agency",
            Relation::Colleague => "colleague",
            Relation::Card => "card",
            Relation::Stranger => "stranger",
        }
    }
}

/// Who asks: somebody in one of their roles, or a stranger who is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asker {
    /// Somebody in a role.
    In(Role),
    /// Whoever it is, without a sign-in.
    Stranger,
}

impl Asker {
    /// Everybody who can ask, in the order shown to people.
    pub fn all() -> impl Iterator<Item = Asker> {
        Role::ALL.into_iter().map(Asker::In).chain([Asker::Stranger])
    }

    /// How many there are.
    const COUNT: usize = Role::ALL.len() + 1;

    /// The name in policies and the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Asker::In(role) => role.as_str(),
            Asker::Stranger => "stranger",
        }
    }

    fn index(self) -> usize {
        match self {
            Asker::In(role) => role as usize,
            Asker::Stranger => Role::ALL.len(),
        }
    }
}

impl From<Role> for Asker {
    fn from(role: Role) -> Asker {
        Asker::In(role)
    }
}

/// One question: may somebody who comes as this, standing so to the record, do this?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Facts {
    /// What is to be done.
    pub action: Action,
    /// Who asks.
    pub asker: Asker,
    /// How the actor stands to the record.
    pub relation: Relation,
    /// Whether the person said yes to this actor reading this part.
    pub consent: bool,
}

/// The answer, with the policy that gave it (for the journal).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Yes, by the policy of this id.
    Allow(&'static str),
    /// No.
    Deny,
}

impl Decision {
    /// Whether it is a yes.
    pub fn is_allow(self) -> bool {
        matches!(self, Decision::Allow(_))
    }
}

/// The policies can't be used. Names the file, or what is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The text does not parse.
    #[error("policy file {file}: {problem}")]
    Text {
        /// File name under `policies/`.
        file: &'static str,
        /// What the parser said.
        problem: String,
    },
    /// The policies name an action, role or fact that does not exist.
    #[error("policies do not fit the schema: {0}")]
    Schema(String),
}

/// The policies, as text. One file a noun.
const POLICIES: &[(&str, &str)] = &[
    ("account.cedar", include_str!("../policies/account.cedar")),
    ("advocacy.cedar", include_str!("../policies/advocacy.cedar")),
    ("availability.cedar", include_str!("../policies/availability.cedar")),
    ("card.cedar", include_str!("../policies/card.cedar")),
    ("consent.cedar", include_str!("../policies/consent.cedar")),
    ("contact.cedar", include_str!("../policies/contact.cedar")),
    ("counsel.cedar", include_str!("../policies/counsel.cedar")),
    ("disclosure.cedar", include_str!("../policies/disclosure.cedar")),
    ("credential.cedar", include_str!("../policies/credential.cedar")),
    ("device.cedar", include_str!("../policies/device.cedar")),
    ("document.cedar", include_str!("../policies/document.cedar")),
    ("goal.cedar", include_str!("../policies/goal.cedar")),
    ("group.cedar", include_str!("../policies/group.cedar")),
    ("guardian.cedar", include_str!("../policies/guardian.cedar")),
    ("intake.cedar", include_str!("../policies/intake.cedar")),
    ("ladder.cedar", include_str!("../policies/ladder.cedar")),
    ("pairing.cedar", include_str!("../policies/pairing.cedar")),
    ("plan.cedar", include_str!("../policies/plan.cedar")),
    ("look.cedar", include_str!("../policies/look.cedar")),
    ("person.cedar", include_str!("../policies/person.cedar")),
    ("programme.cedar", include_str!("../policies/programme.cedar")),
    ("safety.cedar", include_str!("../policies/safety.cedar")),
    ("share.cedar", include_str!("../policies/share.cedar")),
    ("supervision.cedar", include_str!("../policies/supervision.cedar")),
    ("support.cedar", include_str!("../policies/support.cedar")),
    ("visit.cedar", include_str!("../policies/visit.cedar")),
    ("team_meeting.cedar", include_str!("../policies/team_meeting.cedar")),
    ("tray.cedar", include_str!("../policies/tray.cedar")),
    ("words.cedar", include_str!("../policies/words.cedar")),
    ("work.cedar", include_str!("../policies/work.cedar")),
    ("way_in.cedar", include_str!("../policies/way_in.cedar")),
    ("worker.cedar", include_str!("../policies/worker.cedar")),
];

/// The table of decisions.
#[derive(Debug)]
pub struct Access {
    table: Vec<Decision>,
    asked: AtomicU64,
}

fn index(facts: Facts) -> usize {
    let action = facts.action as usize;
    let asker = facts.asker.index();
    let relation = facts.relation as usize;
    ((action * Asker::COUNT + asker) * Relation::ALL.len() + relation) * 2 + usize::from(facts.consent)
}

impl Access {
    /// Reads the policies, checks them against the schema and asks every question once.
    ///
    /// # Errors
    /// When a policy does not parse or names something that does not exist.
    pub fn load() -> Result<Access, PolicyError> {
        let schema = schema()?;
        let mut all = PolicySet::new();
        let mut names: HashMap<String, &'static str> = HashMap::new();
        for (file, text) in POLICIES {
            let parsed = PolicySet::from_str(text)
                .map_err(|e| PolicyError::Text { file, problem: format!("{e:?}") })?;
            for policy in parsed.policies() {
                let id = policy.annotation("id").map(str::to_string).ok_or_else(|| PolicyError::Text {
                    file,
                    problem: "a policy has no @id(\"…\")".into(),
                })?;
                if names.contains_key(&id) {
                    return Err(PolicyError::Text { file, problem: format!("the id {id} is used twice") });
                }
                let new = policy.new_id(cedar_policy::PolicyId::new(&id));
                all.add(new).map_err(|e| PolicyError::Text { file, problem: e.to_string() })?;
                names.insert(id.clone(), Box::leak(id.into_boxed_str()));
            }
        }
        let checked = Validator::new(schema.clone()).validate(&all, ValidationMode::Strict);
        if let Some(error) = checked.validation_errors().next() {
            return Err(PolicyError::Schema(error.to_string()));
        }
        let mut table = Vec::new();
        let authorizer = Authorizer::new();
        for &action in Action::ALL {
            let few = only_for(&all, action)?;
            for asker in Asker::all() {
                let entities = entities(asker)?;
                for relation in Relation::ALL {
                    for consent in [false, true] {
                        let facts = Facts { action, asker, relation, consent };
                        debug_assert_eq!(index(facts), table.len());
                        let answer = authorizer.is_authorized(&request(facts)?, &few, &entities);
                        table.push(match answer.decision() {
                            Verdict::Deny => Decision::Deny,
                            Verdict::Allow => {
                                let mut ids: Vec<_> =
                                    answer.diagnostics().reason().map(|id| id.to_string()).collect();
                                ids.sort();
                                let id = ids.first().and_then(|id| names.get(id)).copied();
                                id.map_or(Decision::Deny, Decision::Allow)
                            }
                        });
                    }
                }
            }
        }
        Ok(Access { table, asked: AtomicU64::new(0) })
    }

    /// The answer to one question.
    pub fn decide(&self, facts: Facts) -> Decision {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.table[index(facts)]
    }

    /// How many questions have been asked, so that what a page costs can be counted.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }
}

fn bad(problem: impl std::fmt::Display) -> PolicyError {
    PolicyError::Schema(problem.to_string())
}

fn uid(kind: &str, id: &str) -> Result<EntityUid, PolicyError> {
    Ok(EntityUid::from_type_name_and_id(EntityTypeName::from_str(kind).map_err(bad)?, EntityId::new(id)))
}

/// The groups of roles that policies may name beside the roles.
fn groups(asker: Asker) -> &'static [&'static str] {
    let Asker::In(role) = asker else { return &[] };
    match role {
        Role::PeerSpecialist | Role::ParentPeerSpecialist | Role::Trainee => &["peer", "staff"],
        Role::Supervisor | Role::TeamMember | Role::PrivacyLead | Role::ProgrammeAdmin => &["staff"],
        Role::Person | Role::Supporter | Role::Certifier | Role::Auditor | Role::Former => &[],
    }
}

fn schema() -> Result<Schema, PolicyError> {
    let mut text = String::from(
        "entity Role in [Role]; entity Actor in [Role]; entity Record;\n\
         type Facts = { relation: String, consent: Bool };\n",
    );
    for action in Action::ALL {
        text += &format!(
            "action \"{}\" appliesTo {{ principal: Actor, resource: Record, context: Facts }};\n",
            action.as_str()
        );
    }
    Schema::from_cedarschema_str(&text).map(|(schema, _)| schema).map_err(bad)
}

fn entities(asker: Asker) -> Result<Entities, PolicyError> {
    let mut parents = HashSet::from([uid("Role", asker.as_str())?]);
    for group in groups(asker) {
        parents.insert(uid("Role", group)?);
    }
    let actor = Entity::new_no_attrs(uid("Actor", "actor")?, parents);
    Entities::from_entities([actor], None).map_err(bad)
}

fn request(facts: Facts) -> Result<Request, PolicyError> {
    let context = Context::from_pairs([
        ("relation".to_string(), RestrictedExpression::new_string(facts.relation.as_str().to_string())),
        ("consent".to_string(), RestrictedExpression::new_bool(facts.consent)),
    ])
    .map_err(bad)?;
    Request::new(
        uid("Actor", "actor")?,
        uid("Action", facts.action.as_str())?,
        uid("Record", "record")?,
        context,
        None,
    )
    .map_err(bad)
}

/// The policies that can answer for one action: those that name it, and those for every action.
fn only_for(all: &PolicySet, action: Action) -> Result<PolicySet, PolicyError> {
    use cedar_policy::ActionConstraint as C;
    let this = uid("Action", action.as_str())?;
    let mut few = PolicySet::new();
    for policy in all.policies() {
        let names_it = match policy.action_constraint() {
            C::Any => true,
            C::Eq(one) => one == this,
            C::In(many) => many.contains(&this),
        };
        if names_it {
            few.add(policy.clone()).map_err(bad)?;
        }
    }
    Ok(few)
}
