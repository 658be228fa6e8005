//! `cargo xtask dist`: the program as it is shipped, in a package for Debian.

use crate::workshop::{self, Workshop, output};
use anyhow::{Context, Result, bail};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the program and packs it, or packs one that was built already. Prints where the package is.
pub fn run(workshop: &Workshop, args: &[String]) -> Result<()> {
    let program = match args {
        [] => {
            let mut build = workshop.cargo();
            build.args(["build", "--release", "--locked", "--package", "porchlight"]);
            workshop::run(&mut build)?;
            workshop.target.join("release").join("porchlight")
        }
        [program] => program.into(),
        _ => bail!("say `cargo xtask dist`, or `cargo xtask dist PROGRAM` for one that was built already"),
    };
    let package = pack(workshop, &program)?;
    println!("{}", package.display());
    println!("Install it with: sudo apt install {}", package.display());
    Ok(())
}

/// Packs a program.
pub fn pack(workshop: &Workshop, program: &Path) -> Result<PathBuf> {
    let version = env!("CARGO_PKG_VERSION");
    let architecture = output(Command::new("dpkg").arg("--print-architecture"))
        .context("a package for Debian is made on Debian, where dpkg is")?;
    let architecture = architecture.trim();
    let name = format!("porchlight_{version}_{architecture}");
    let root = workshop.target.join("dist").join(&name);
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    let packaging = workshop.root.join("packaging");
    put(program, &root.join("usr/bin/porchlight"), 0o755)?;
    put(&packaging.join("porchlight.service"), &root.join("lib/systemd/system/porchlight.service"), 0o644)?;
    put(&packaging.join("porchlight.toml"), &root.join("etc/porchlight/porchlight.toml"), 0o640)?;
    for page in ["README.md", "CHANGELOG.md"] {
        put(&workshop.root.join(page), &root.join("usr/share/doc/porchlight").join(page), 0o644)?;
    }
    for script in ["postinst", "prerm"] {
        put(&packaging.join(script), &root.join("DEBIAN").join(script), 0o755)?;
    }
    let control = format!(
        "Package: porchlight\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: Porchlight\n\
         Section: web\nPriority: optional\nDepends: libc6, libgcc-s1, adduser\nRecommends: caddy | nginx | apache2\n\
         Description: the system a certified peer-support programme runs on\n \
         Notes, plans, visits, groups, safety reports and supervision for peer\n \
         specialists and the people they walk with.\n"
    );
    fs::write(root.join("DEBIAN/control"), control)?;
    fs::write(root.join("DEBIAN/conffiles"), "/etc/porchlight/porchlight.toml\n")?;
    let package = workshop.target.join("dist").join(format!("{name}.deb"));
    output(Command::new("dpkg-deb").args(["--root-owner-group", "--build"]).arg(&root).arg(&package))?;
    Ok(package)
}

fn put(from: &Path, to: &Path, mode: u32) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("{} could not be copied", from.display()))?;
    Ok(fs::set_permissions(to, fs::Permissions::from_mode(mode))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The package holds the program, the service and the settings, which an update doesn't write over.
    #[test]
    fn the_package_holds_what_a_machine_needs() {
        let target = std::env::temp_dir().join(format!("porchlight-dist-{}", std::process::id()));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf();
        let workshop = Workshop { root, cache: target.clone(), target: target.clone() };
        let package = pack(&workshop, Path::new("/bin/true")).unwrap();
        let listed = output(Command::new("dpkg-deb").arg("--contents").arg(&package)).unwrap();
        for (mode, file) in [
            ("-rwxr-xr-x root/root", "./usr/bin/porchlight"),
            ("-rw-r--r-- root/root", "./lib/systemd/system/porchlight.service"),
            ("-rw-r----- root/root", "./etc/porchlight/porchlight.toml"),
        ] {
            let line = listed.lines().find(|line| line.ends_with(file)).expect(file);
            assert!(line.starts_with(mode), "{line}");
        }
        let conffiles =
            output(Command::new("dpkg-deb").arg("--info").arg(&package).arg("conffiles")).unwrap();
        assert_eq!(conffiles.trim(), "/etc/porchlight/porchlight.toml");
        fs::remove_dir_all(target).unwrap();
    }
}
