//! Prints the policy matrix; `cargo xtask matrix` writes it to docs/policy-matrix.txt.

fn main() -> Result<(), porchlight_access::PolicyError> {
    print!("{}", porchlight_access::matrix(&porchlight_access::Access::load()?));
    Ok(())
}
