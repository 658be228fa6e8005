//! Style sheet, scripts and fonts: in the program itself, each under an address made from its content.
//!
//! Since the address changes whenever the content does, a browser may keep what it has for ever, and a new release
//! never meets an old style sheet.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;
use sha2::{Digest, Sha256};

#[derive(Embed)]
#[folder = "assets/"]
struct Files;

struct Asset {
    address: String,
    kind: &'static str,
    bytes: Cow<'static, [u8]>,
}

/// What another asset is called in this one: a font in the style sheet, what a script imports.
fn mentions(name: &str) -> [String; 2] {
    [format!("url(\"{name}\")"), format!("from \"./{name}\"")]
}

/// Every asset by its name. One that names others comes after them, since it has to say their address.
static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let names: Vec<_> = Files::iter().collect();
    let mut waiting: Vec<_> = names.iter().filter_map(|name| Some((name, Files::get(name)?.data))).collect();
    let mut assets = BTreeMap::<String, Asset>::new();
    // What names itself in a circle is never there; a test finds names without an address.
    for _ in 0..names.len() {
        for (name, mut bytes) in std::mem::take(&mut waiting) {
            if name.ends_with(".css") || name.ends_with(".js") {
                let mut text = String::from_utf8_lossy(&bytes).into_owned();
                for (known, asset) in &assets {
                    for (mention, said) in mentions(known).iter().zip(mentions(&asset.address)) {
                        text = text.replace(mention, &said.replace("\"./", "\""));
                    }
                }
                if names.iter().any(|other| mentions(other).iter().any(|mention| text.contains(mention))) {
                    waiting.push((name, bytes));
                    continue;
                }
                if name.ends_with(".js") {
                    text = bare(&text);
                }
                bytes = Cow::Owned(text.into_bytes());
            }
            let hash: String =
                Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            let address = format!("/assets/{hash}/{name}");
            assets.insert(name.to_string(), Asset { address, kind: kind_of(name), bytes });
        }
    }
    assets
});

/// A script without its remarks and its indentation, which are for whoever reads it here. No text of ours goes over lines.
fn bare(script: &str) -> String {
    let lines =
        script.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    }
}

/// The address of an asset, such as `/assets/1f2e…/app.css`. A name without a file gives an address that is not
/// found; a test goes through every name the templates use.
pub fn address(name: &str) -> &'static str {
    ASSETS.get(name).map_or("/assets/0/missing", |asset| asset.address.as_str())
}

/// The names and addresses of all assets.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    ASSETS.iter().map(|(name, asset)| (name.as_str(), asset.address.as_str()))
}

/// The text of an asset as it is served. Empty when there is no such file.
pub fn text(name: &str) -> &'static str {
    ASSETS.get(name).and_then(|asset| std::str::from_utf8(&asset.bytes).ok()).unwrap_or_default()
}

/// Serves one asset. An address with another hash belongs to another release and is not found.
pub(crate) async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let found = ASSETS.get(&name).filter(|asset| asset.address == format!("/assets/{hash}/{name}"));
    let Some(asset) = found else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    match &asset.bytes {
        Cow::Borrowed(bytes) => (headers, *bytes).into_response(),
        Cow::Owned(bytes) => (headers, bytes.as_slice()).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_names_its_fonts_by_their_hashed_address() {
        let sheet = String::from_utf8(ASSETS["app.css"].bytes.to_vec()).unwrap();
        let named: Vec<_> = sheet.match_indices("url(\"").map(|(at, _)| &sheet[at + 5..]).collect();
        assert_eq!(named.len(), 4);
        for rest in named {
            let address = rest.split('"').next().unwrap();
            assert!(all().any(|(_, known)| known == address), "{address}");
        }
    }

    #[test]
    fn a_script_imports_by_the_hashed_address() {
        for asset in ASSETS.values().filter(|asset| asset.kind.starts_with("text/javascript")) {
            let text = String::from_utf8_lossy(&asset.bytes);
            for (at, _) in text.match_indices("from \"") {
                let address = text[at + 6..].split('"').next().unwrap();
                assert!(all().any(|(_, known)| known == address), "{}: {address}", asset.address);
            }
        }
    }

    #[test]
    fn every_font_comes_with_its_licence() {
        assert!(all().any(|(name, _)| name == "fonts/OFL-atkinson-hyperlegible-next.txt"));
        assert!(all().any(|(name, _)| name == "fonts/OFL-source-serif-4.txt"));
    }
}
