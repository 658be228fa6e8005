//! A form that brings a photo or file along (`multipart/form-data`).
//!
//! Words and file are read as they come. A file that is too large is read to its end and thrown away, so that the page
//! can say so beside everything that was typed.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use fluent_templates::fluent_bundle::FluentValue;
use porchlight_practice::evidence::LARGEST;

use crate::error::{Kept, Trouble};
use crate::form::{FIELD_LIMIT, Form};

/// All fields of words together, in bytes.
const WORDS_LIMIT: usize = 1024 * 1024;
/// A body is read up to here, whatever it is.
const DRAIN_LIMIT: u64 = 64 * 1024 * 1024;

/// What came with a form: at most one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum File {
    /// Nothing was chosen.
    #[default]
    None,
    /// Its bytes. What it is called on somebody's device is not read.
    Bytes(Vec<u8>),
    /// More than may be kept.
    TooLarge,
}

/// A form with a file.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// What was typed.
    pub form: Form,
    /// The file.
    pub file: File,
}

/// The boundary of such a body; none when it is another kind.
pub(crate) fn boundary(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    multer::parse_boundary(kind).ok()
}

impl Upload {
    pub(crate) async fn read(body: Body, boundary: String) -> Result<Upload, Trouble> {
        let limits = multer::SizeLimit::new().whole_stream(DRAIN_LIMIT);
        let constraints = multer::Constraints::new().size_limit(limits);
        let mut parts = multer::Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
        let (mut upload, mut words) = (Upload::default(), 0);
        while let Some(mut part) = parts.next_field().await.map_err(trouble)? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let (mut bytes, mut length) = (Vec::new(), 0);
            while let Some(piece) = part.chunk().await.map_err(trouble)? {
                length += piece.len();
                if length <= LARGEST {
                    bytes.extend_from_slice(&piece);
                }
            }
            if is_file {
                upload.file = match length {
                    0 => continue,
                    length if length > LARGEST => File::TooLarge,
                    _ => File::Bytes(bytes),
                };
                continue;
            }
            words += length;
            if words > WORDS_LIMIT {
                return Err(Trouble::TooLarge);
            }
            let value = String::from_utf8(bytes).map_err(|_| Trouble::NotText)?;
            if value.contains('\0') || name.contains('\0') {
                return Err(Trouble::NotText);
            }
            let value = value.replace("\r\n", "\n").replace('\r', "\n");
            let long = value.chars().count();
            if long > FIELD_LIMIT {
                let number = |number: usize| FluentValue::from(number);
                let arguments = [("limit", number(FIELD_LIMIT)), ("over", number(long - FIELD_LIMIT))];
                upload.form.wrong_with(&name, "form-error-long", &arguments);
            }
            upload.form = upload.form.with(&name, value);
        }
        Ok(upload)
    }
}

fn trouble(error: multer::Error) -> Trouble {
    match error {
        multer::Error::StreamSizeExceeded { .. } => Trouble::TooLarge,
        multer::Error::IncompleteStream
        | multer::Error::IncompleteHeaders
        | multer::Error::IncompleteFieldData { .. }
        | multer::Error::StreamReadFailed(_) => Trouble::CutOff,
        _ => Trouble::NotText,
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Trouble;

    /// A form without a file comes in too: one that was kept for somebody has lost its file.
    async fn from_request(request: Request, state: &S) -> Result<Upload, Trouble> {
        let Some(boundary) = boundary(request.headers()) else {
            return Ok(Upload { form: Form::from_request(request, state).await?, file: File::None });
        };
        let (parts, body) = request.into_parts();
        let upload = Upload::read(body, boundary).await?;
        if let Some(kept) = parts.extensions.get::<Kept>() {
            kept.keep(&upload.form);
        }
        Ok(upload)
    }
}
