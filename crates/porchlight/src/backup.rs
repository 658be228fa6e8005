//! Copies of everything, sealed to whoever may restore them, and the way back.

use crate::config::Config;
use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use anyhow::{Context, bail};
use porchlight_app::{Clock, SystemClock};
use porchlight_store::dump;
use porchlight_store::{Address, Options, Store, journal};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long one table may take to be read or filled.
const PATIENCE: Duration = Duration::from_secs(24 * 60 * 60);

/// `porchlight backup-key FILE`
pub fn key(file: &Path) -> anyhow::Result<()> {
    let identity = Identity::generate();
    let mut out = fresh(file)?;
    writeln!(out, "# Opens backups made for {}. Keep it where the backups are not.", identity.to_public())?;
    writeln!(out, "{}", identity.to_string().expose_secret())?;
    out.sync_all()?;
    println!("Written to {}. Keep it where the backups are not, and a second copy on paper.", file.display());
    println!(
        "Put this into the configuration:\n\n    [backup]\n    recipients = \"{}\"",
        identity.to_public()
    );
    Ok(())
}

/// `porchlight backup FILE`
pub fn make(
    config: &Config,
    file: &Path,
    key_ring: Option<&Path>,
    identity: Option<&Path>,
) -> anyhow::Result<()> {
    let recipients = recipients(config)?;
    let folder = |path: &Path| -> anyhow::Result<PathBuf> {
        let folder = folder_of(path);
        folder
            .canonicalize()
            .with_context(|| format!("the folder {} is not there; make it first", folder.display()))
    };
    if let Some(key_ring) = key_ring
        && folder(key_ring)? == folder(file)?
    {
        bail!("--key-ring: whoever finds both can read everything; write the key ring into another folder");
    }
    let identity = identity.map(identity_in).transpose()?;
    let store = opened(config)?;
    let contents = sealed(file, &recipients, |out| {
        let (_, contents) = dump::write(&store, SystemClock.now(), Shared(out.clone()))?;
        Ok(contents)
    })?;
    if let Some(identity) = &identity {
        let found = dump::check(&mut unsealed(file, identity)?)?;
        if found != contents {
            bail!("{} does not hold what was written; make it again on another disk", file.display());
        }
    }
    println!("{} rows are in {}, and were read back.", contents.rows, file.display());
    let ring = config.key_ring();
    match key_ring {
        Some(to) => {
            let text = std::fs::read(&ring).with_context(|| format!("{} can't be read", ring.display()))?;
            sealed(to, &recipients, |out| Ok(Shared(out.clone()).write_all(&text)?))?;
            println!("The key ring is in {}. Without it nobody can read the backup.", to.display());
        }
        None => {
            println!("The key ring ({}) is not in it: keep a copy of it in another place.", ring.display())
        }
    }
    Ok(())
}

/// `porchlight restore FILE`
pub fn restore(config: &Config, file: &Path, identity: &Path, key_ring: Option<&Path>) -> anyhow::Result<()> {
    let identity = identity_in(identity)?;
    let address = config.address()?;
    // Nothing is touched before the whole file was found to be good, and there is room for the key ring.
    dump::check(&mut unsealed(file, &identity)?)?;
    let mut ring = None;
    if let Some(key_ring) = key_ring {
        let (to, mut text) = (config.key_ring(), Vec::new());
        unsealed(key_ring, &identity)?.read_to_end(&mut text)?;
        match std::fs::read(&to) {
            Ok(there) if there == text => {}
            Ok(_) => bail!("keys.file: there is another key ring at {}; move it away first", to.display()),
            Err(_) => ring = Some((to, text)),
        }
    }
    let contents = dump::read(&address, &options(), &mut unsealed(file, &identity)?)?;
    if let Some((to, text)) = ring {
        std::fs::create_dir_all(folder_of(&to))?;
        let mut out = fresh(&to)?;
        out.write_all(&text)?;
        out.sync_all()?;
    }
    let store = Store::open(&address, options())?;
    match store.blocking_read(|tx| journal::verify(tx, None)) {
        Ok(report) => println!(
            "{} rows of {} are back. The journal is whole: {} entries.",
            contents.rows, contents.made_at, report.entries
        ),
        Err(journal::Fault::Entry(bad)) => {
            bail!(
                "everything is back, but the journal is not whole: strand {}, entry {}: {}",
                bad.strand,
                bad.seq,
                bad.why
            )
        }
        Err(journal::Fault::Store(error)) => return Err(error.into()),
    }
    Ok(())
}

fn options() -> Options {
    Options { statement_limit: PATIENCE, ..Options::new(Arc::new(|| SystemClock.now())) }
}

fn opened(config: &Config) -> anyhow::Result<Store> {
    let address = config.address()?;
    // Opening would make one.
    if let Address::Sqlite(path) = &address
        && !path.exists()
    {
        bail!("store.address: there is no database {}", path.display());
    }
    Ok(Store::open(&address, options())?)
}

fn recipients(config: &Config) -> anyhow::Result<Vec<Recipient>> {
    let found = config.backup_recipients()?;
    if found.is_empty() {
        bail!(
            "backup.recipients is empty, so nobody could open the backup. `porchlight backup-key FILE` makes a key and says \
             what to write there"
        );
    }
    Ok(found)
}

fn identity_in(file: &Path) -> anyhow::Result<Identity> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let read = line.and_then(|line| line.parse().ok());
    read.with_context(|| {
        format!("{} holds no key; it has a line that begins with AGE-SECRET-KEY-", file.display())
    })
}

/// The folder that a file lies in.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that was not there, for its owner alone.
fn fresh(path: &Path) -> anyhow::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            anyhow::anyhow!(
                "{} is there already, and nothing is written over; choose another name",
                path.display()
            )
        }
        kind => anyhow::anyhow!("{} can't be made: {kind}", path.display()),
    })
}

type Sealing = age::stream::StreamWriter<Summed>;
type Held = Arc<std::sync::Mutex<Option<Sealing>>>;

/// The writer that seals, where a transaction can reach it.
struct Shared(Held);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut held = self.0.lock().map_err(|_| std::io::Error::other("spoilt"))?;
        held.as_mut().ok_or_else(|| std::io::Error::other("closed"))?.write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A file that sums what goes into it, to be compared with what is on the disk.
struct Summed {
    to: BufWriter<File>,
    sum: Sha256,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}

/// Writes a sealed file under another name, reads it back, and only then gives it its own.
fn sealed<T>(
    file: &Path,
    to: &[Recipient],
    fill: impl FnOnce(&Held) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    if file.exists() {
        bail!("{} is there already, and nothing is written over; choose another name", file.display());
    }
    let mut beside = file.to_path_buf().into_os_string();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    drop(std::fs::remove_file(&beside));
    let write = || -> anyhow::Result<T> {
        let encryptor = age::Encryptor::with_recipients(to.iter().map(|one| one as &dyn age::Recipient))?;
        let out = Summed { to: BufWriter::new(fresh(&beside)?), sum: Sha256::new() };
        let held: Held = Arc::new(std::sync::Mutex::new(Some(encryptor.wrap_output(out)?)));
        let filled = fill(&held)?;
        let sealing =
            held.lock().ok().and_then(|mut held| held.take()).context("the file was closed too early")?;
        let Summed { to, sum } = sealing.finish()?;
        let out = to.into_inner().map_err(|error| error.into_error())?;
        out.sync_all()?;
        let (mut again, mut read, mut part) = (Sha256::new(), File::open(&beside)?, vec![0; 1 << 16]);
        loop {
            match read.read(&mut part)? {
                0 => break,
                count => again.update(&part[..count]),
            }
        }
        if again.finalize() != sum.finalize() {
            bail!("{} does not hold what was written; make it again on another disk", file.display());
        }
        std::fs::rename(&beside, file)?;
        // The name is on the disk only with its folder.
        File::open(folder_of(file))?.sync_all()?;
        Ok(filled)
    };
    write().map_err(|error| {
        drop(std::fs::remove_file(&beside));
        let is_full = error.chain().any(|cause| {
            matches!(cause.downcast_ref(), Some(porchlight_store::Error::Full))
                || cause.downcast_ref().is_some_and(|io: &std::io::Error| {
                    matches!(io.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
                })
        });
        if is_full {
            anyhow::anyhow!(
                "{} could not be written: the disk is full. Nothing is left of it, and nothing else was changed; make room, or \
                 choose another disk",
                file.display()
            )
        } else {
            error.context(format!("{} could not be written, and nothing is left of it", file.display()))
        }
    })
}

fn unsealed(file: &Path, identity: &Identity) -> anyhow::Result<impl Read + Send + use<>> {
    let open = File::open(file).with_context(|| format!("{} can't be read", file.display()))?;
    let decryptor = age::Decryptor::new_buffered(BufReader::new(open))
        .map_err(|_| anyhow::anyhow!("{} is no backup, or its beginning is damaged", file.display()))?;
    decryptor.decrypt(std::iter::once(identity as &dyn age::Identity)).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => {
            anyhow::anyhow!("{} was made for another key than this one", file.display())
        }
        _ => anyhow::anyhow!("{} is damaged, and can't be opened", file.display()),
    })
}
