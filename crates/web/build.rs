//! New files in `locales/`, `templates/` and `assets/` are read by macros, which do not tell cargo about a folder.

fn main() {
    for folder in ["../../locales", "templates", "assets"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
