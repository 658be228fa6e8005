//! Prints every route: `cargo run -p porchlight-web --example routes > docs/routes.txt`.

fn main() {
    print!("{}", porchlight_web::routes::listing(&porchlight_web::site::table()));
}
