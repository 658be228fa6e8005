//! Permissions to use measures of other owners. Without one on file, their questions are offered to nobody.

use crate::door::{About, Actor, Desk, seal};
use crate::{Action, App, Error, Fault, Result};
use porchlight_practice::id::{CommandId, ProgrammeId};
use porchlight_practice::pack::{Licence, Measure, Permission, Tool};
use porchlight_store::permission::{self, PermissionRow};
use porchlight_store::seal::{Owner, Place};

/// A measure, and whether it can be offered.
#[derive(Debug, Clone)]
pub struct MeasureView {
    /// The measure.
    pub measure: Measure,
    /// What is on file.
    pub permission: Option<Permission>,
    /// Whether what is on file counts today.
    pub in_force: bool,
    /// Whether a pack of the programme has its questions.
    pub has_questions: bool,
}

/// Where a permission lies. A programme has one for each measure, so the programme and the name are its place.
fn place(programme: ProgrammeId) -> Place {
    Place { table: "permission", row: programme.0, column: "body" }
}

impl Desk<'_, '_> {
    fn permissions(&mut self, programme: ProgrammeId) -> Result<Vec<(String, Permission)>> {
        let mut permissions = Vec::new();
        for row in permission::of_programme(self.tx, programme)? {
            // The name is sealed with it, so that no row can be passed off as another measure's.
            let (measure, given): (String, Permission) =
                self.open(Owner::Programme(programme.0), place(programme), &row.body)?;
            if measure != row.measure {
                return Err(Error::Damaged("permission"));
            }
            permissions.push((measure, given));
        }
        Ok(permissions)
    }

    /// The tools that wait for a permission and have one today.
    pub(crate) fn permitted_tools(&mut self, programme: ProgrammeId) -> Result<Vec<Tool>> {
        let (rules, _) = self.rules(programme)?;
        if rules.by_permission.is_empty() {
            return Ok(Vec::new());
        }
        let on_file = self.permissions(programme)?;
        let may = |tool: &&Tool| {
            on_file.iter().any(|(id, given)| tool.measure.as_ref() == Some(id) && given.in_force(rules.on))
        };
        Ok(rules.by_permission.iter().filter(may).cloned().collect())
    }
}

impl App {
    /// Every measure the programme's pack knows, with the state of its licence and what is on file.
    ///
    /// # Errors
    /// When there is no such programme for this actor.
    pub async fn measures(&self, actor: &Actor, programme: ProgrammeId) -> Result<Vec<MeasureView>> {
        self.look(actor, Action::ProgrammeRead, About::Programme(programme), "programme", move |desk| {
            let (rules, _) = desk.rules(programme)?;
            let on_file = desk.permissions(programme)?;
            let view = |measure: &Measure| {
                let permission =
                    on_file.iter().find(|(id, _)| *id == measure.id).map(|(_, given)| given.clone());
                let tools = rules.tools.iter().chain(&rules.by_permission);
                MeasureView {
                    in_force: permission.as_ref().is_some_and(|given| given.in_force(rules.on)),
                    has_questions: tools.into_iter().any(|tool| tool.measure.as_ref() == Some(&measure.id)),
                    measure: measure.clone(),
                    permission,
                }
            };
            Ok(rules.measures.iter().map(view).collect())
        })
        .await
    }

    /// Records that the owner of a measure gave their permission, or takes the record away.
    ///
    /// # Errors
    /// When there is no such measure, it needs no permission, it is never offered, or something is missing.
    pub async fn record_permission(
        &self,
        actor: &Actor,
        command: CommandId,
        programme: ProgrammeId,
        measure: &str,
        permission: Option<Permission>,
    ) -> Result<()> {
        if let Some(given) = &permission {
            for (field, text) in [("given_by", &given.given_by), ("kept", &given.kept)] {
                if text.trim().is_empty() {
                    return Err(Fault::Empty(field).into());
                }
                if text.chars().count() > 2000 {
                    return Err(Fault::TooLong(field).into());
                }
            }
            if given.until.is_some_and(|until| until < given.on) {
                return Err(Fault::Unknown("until").into());
            }
        }
        let key = self.key(Owner::Programme(programme.0)).await?;
        let (measure, body) = (measure.to_owned(), (programme, measure.to_owned(), permission.clone()));
        self.command(
            actor,
            command,
            Action::ProgrammeChange,
            About::Programme(programme),
            &body,
            move |desk| {
                let (rules, _) = desk.rules(programme)?;
                let asks = |known: &&Measure| {
                    known.id == measure && known.licence == Licence::Ask && !known.clinical
                };
                rules.measures.iter().find(asks).ok_or(Fault::Unknown("measure"))?;
                match &permission {
                    None => permission::remove(desk.tx, programme, &measure)?,
                    Some(given) => permission::put(
                        desk.tx,
                        &PermissionRow {
                            programme,
                            measure: measure.clone(),
                            body: seal(&key, &place(programme), &(&measure, given))?,
                            at: desk.now,
                        },
                    )?,
                }
                Ok(())
            },
        )
        .await
    }
}
