//! Pages about phones and what came from them.

use porchlight_app::device::DeviceLine;
use porchlight_app::tray::{TeamTrayLine, TrayLine};
use porchlight_practice::id::{CommandId, DeviceId};
use porchlight_practice::tray::Why;
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{Fill, now, page, write};
use crate::device::offline::Offline;
use crate::device::show::Devices;
use crate::form::Form;
use crate::tray::{OwnTray, TeamTray, shown};

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("device/show.html", devices),
        ("device/offline.html", offline),
        ("tray/own.html", own_tray),
        ("tray/team.html", team_tray),
    ]
}

fn command(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(number))
}

fn devices(lang: Lang) -> String {
    let one = |number, waiting| DeviceLine {
        id: DeviceId(Uuid::from_u128(number)),
        made_at: now(),
        heard_at: now(),
        waiting,
    };
    let fill = |devices| {
        let page = page(lang, Some(Role::PeerSpecialist)).titled("device-title");
        write(Devices { page, seat: "x".into(), days: 7, devices, command: "x".into() })
    };
    [fill(vec![one(1, 0), one(2, 3)]), fill(Vec::new())].concat()
}

fn offline(lang: Lang) -> String {
    write(Offline { page: page(lang, None).titled("device-offline") })
}

fn own_tray(lang: Lang) -> String {
    let line = |number, why| TrayLine {
        id: command(number),
        why,
        written_at: now(),
        arrived_at: now(),
        path: format!("/contacts/{}/draft", Uuid::from_u128(9)),
        body: "own_words=I+called+my+sister&version=1".into(),
    };
    let fill = |whys: &[Why]| {
        let items = whys.iter().zip(1..).filter_map(|(why, number)| shown(line(number, *why), "x".into()));
        let page = page(lang, Some(Role::PeerSpecialist)).titled("tray-title");
        write(OwnTray { page, items: items.collect() })
    };
    [fill(&Why::ALL), fill(&[])].concat()
}

fn team_tray(lang: Lang) -> String {
    let line = |number, why| TeamTrayLine {
        id: command(number),
        writer: "Marisol Vega".into(),
        why,
        arrived_at: now(),
    };
    let fill = |whys: &[Why], wrong: bool| {
        let lines = whys.iter().zip(1..).map(|(why, number)| (line(number, *why), "x".to_owned()));
        let mut form = Form::new();
        if wrong {
            form.wrong(&format!("reason-{}", command(1)), "tray-reason-missing");
        }
        let page = page(lang, Some(Role::Supervisor)).titled("tray-team");
        write(TeamTray { page, form, lines: lines.collect() })
    };
    [fill(&[Why::Closed, Why::Ended], true), fill(&[], false)].concat()
}
