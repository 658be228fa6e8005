//! A PostgreSQL on another machine is spoken to through TLS, and only when somebody we believe vouches for its name.

use crate::postgres::Cluster;
use porchlight_store::testing::options;
use porchlight_store::{Address, Error, Store};
use std::fs;

#[test]
fn a_postgres_is_spoken_to_in_private_and_only_when_its_name_is_vouched_for() {
    let Some(mut cluster) = Cluster::started() else { return };
    let folder = tempfile::tempdir().unwrap();
    let own = rcgen::generate_simple_self_signed(vec!["127.0.0.1".into()]).unwrap();
    let other = rcgen::generate_simple_self_signed(vec!["127.0.0.1".into()]).unwrap();
    let (known, unknown) = (folder.path().join("known.pem"), folder.path().join("unknown.pem"));
    fs::write(&known, own.cert.pem()).unwrap();
    fs::write(&unknown, other.cert.pem()).unwrap();
    cluster.speaks_tls_alone(&own.cert.pem(), &own.signing_key.serialize_pem());
    let open = |end: &str| Store::open(&Address::Postgres(format!("{}{end}", cluster.address())), options());
    let by =
        |authority: &std::path::Path| format!("?sslmode=verify-full&sslrootcert={}", authority.display());

    let store = open(&by(&known)).unwrap();
    store.vouch().unwrap();
    drop(store);
    let unvouched = open(&by(&unknown)).unwrap_err();
    assert!(matches!(unvouched, Error::Unencrypted), "{unvouched}");
    assert!(unvouched.to_string().contains("sslrootcert"), "{unvouched}");
    assert!(open("").is_err(), "this server takes nothing in the clear");

    // A certificate of somebody we believe, for another name.
    let elsewhere = rcgen::generate_simple_self_signed(vec!["db.example.org".into()]).unwrap();
    cluster.speaks_tls_alone(&elsewhere.cert.pem(), &elsewhere.signing_key.serialize_pem());
    fs::write(&known, elsewhere.cert.pem()).unwrap();
    let misnamed = Store::open(&Address::Postgres(format!("{}{}", cluster.address(), by(&known))), options());
    assert!(matches!(misnamed, Err(Error::Unencrypted)), "{:?}", misnamed.err());
}

#[test]
fn a_postgres_without_tls_is_refused_where_tls_was_asked_for() {
    let Some(cluster) = Cluster::started() else { return };
    let asked = Address::Postgres(format!("{}?sslmode=require", cluster.address()));
    let refused = Store::open(&asked, options()).unwrap_err();
    assert!(matches!(refused, Error::Unencrypted), "{refused}");
}
