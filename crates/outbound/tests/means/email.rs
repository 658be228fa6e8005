use crate::post::{Manner, Post};
use crate::{ID, LINK, PATIENCE, notice, now, outbound, settings};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use porchlight_outbound::{
    Address, Email, EmailAddress, Kind, Outbound, Outcome, Protection, Refusal, Roots, Secret, SetupFault,
    Trouble,
};
use porchlight_practice::Lang;
use std::time::{Duration, Instant};

fn through(post: &Post, protection: Protection, roots: Roots) -> Outbound {
    outbound(|settings| {
        settings.roots = roots;
        settings.email = Some(Email {
            server: "localhost".into(),
            port: post.port,
            protection,
            sign_in: Some(("porch".into(), Secret::new("hush"))),
            from: "Porchlight <porch@example.org>".into(),
        });
    })
}

fn denise() -> Address {
    Address::Email(EmailAddress::parse("denise@example.org").unwrap())
}

async fn send(outbound: &Outbound) -> Outcome {
    outbound.send(now(), &denise(), &notice(Kind::Report, Lang::En)).await
}

#[tokio::test]
async fn a_letter_arrives_through_each_kind_of_protection() {
    for (manner, protection, protected) in [
        (Manner::Plain, Protection::None, false),
        (Manner::StartTls, Protection::StartTls, true),
        (Manner::Tls, Protection::Tls, true),
    ] {
        let post = Post::open(manner).await;
        let outbound = through(&post, protection, Roots::and(&post.pem).unwrap());
        assert_eq!(send(&outbound).await, Outcome::Accepted { reference: None });
        let letters = post.letters();
        let [letter] = letters.as_slice() else { panic!("one letter") };
        assert_eq!(letter.protected, protected);
        assert_eq!(letter.signed_in, Some(STANDARD.encode("\0porch\0hush")));
        assert_eq!(letter.to, "RCPT TO:<denise@example.org>");
        for part in [
            "From: Porchlight <porch@example.org>",
            "Subject: Porchlight: please look now",
            "Auto-Submitted: auto-generated",
            &format!("Message-ID: <{ID}@example.org>"),
            LINK,
        ] {
            assert!(letter.text.contains(part), "no {part} in\n{}", letter.text);
        }
    }
}

#[tokio::test]
async fn spanish_arrives_as_it_was_written() {
    let post = Post::open(Manner::Plain).await;
    let outbound = through(&post, Protection::None, Roots::default());
    let outcome = outbound.send(now(), &denise(), &notice(Kind::Practice, Lang::Es)).await;
    assert_eq!(outcome, Outcome::Accepted { reference: None });
    let text = &post.letters()[0].text;
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("charset=utf-8"), "{head}");
    let open = if head.contains("base64") {
        String::from_utf8(STANDARD.decode(body.replace("\r\n", "")).unwrap()).unwrap()
    } else {
        body.replace("=\r\n", "").replace("=C3=81", "Á").replace("=C3=A1", "á")
    };
    assert!(open.contains("PRÁCTICA") && open.contains(LINK), "{open}");
}

#[tokio::test]
async fn nothing_goes_out_unprotected_or_to_who_can_t_be_believed() {
    let post = Post::open(Manner::Stripped).await;
    let outbound = through(&post, Protection::StartTls, Roots::and(&post.pem).unwrap());
    assert!(
        matches!(send(&outbound).await, Outcome::TryAgain(Trouble::Strange)),
        "somebody took the TLS away"
    );
    assert!(post.letters().is_empty());

    // A certificate that nobody has told us to believe.
    let other = Post::open(Manner::Plain).await;
    for manner in [Manner::StartTls, Manner::Tls] {
        let post = Post::open(manner).await;
        let protection = if manner == Manner::Tls { Protection::Tls } else { Protection::StartTls };
        let outbound = through(&post, protection, Roots::and(&other.pem).unwrap());
        assert!(matches!(send(&outbound).await, Outcome::TryAgain(_)));
        assert!(post.letters().is_empty());
    }

    let mut settings = settings();
    settings.email = Some(Email {
        server: "mail.example.org".into(),
        port: 25,
        protection: Protection::None,
        sign_in: None,
        from: "porch@example.org".into(),
    });
    assert_eq!(Outbound::new(settings.clone()).unwrap_err(), SetupFault::Unprotected);
    for (server, from, fault) in [
        ("", "porch@example.org", SetupFault::MailServer),
        ("mail example", "porch@example.org", SetupFault::MailServer),
        ("localhost", "nobody", SetupFault::Sender),
    ] {
        if let Some(email) = &mut settings.email {
            email.server = server.into();
            email.from = from.into();
        }
        assert_eq!(Outbound::new(settings.clone()).unwrap_err(), fault);
    }
}

#[tokio::test]
async fn every_bad_day_ends_in_time_and_says_whether_to_try_again() {
    for (manner, wanted) in [
        (Manner::Recipient("550 no such mailbox here\r\n"), Outcome::Refused(Refusal::Address)),
        (Manner::Recipient("451 try later\r\n"), Outcome::TryAgain(Trouble::Failing)),
        (Manner::Recipient("530 sign in first\r\n"), Outcome::Refused(Refusal::Setup)),
        (Manner::SignIn("535 wrong\r\n"), Outcome::Refused(Refusal::Setup)),
        (Manner::SignIn("454 not now\r\n"), Outcome::TryAgain(Trouble::Failing)),
        (Manner::Silent, Outcome::TryAgain(Trouble::NoAnswer)),
    ] {
        let post = Post::open(manner).await;
        let began = Instant::now();
        let outcome = send(&through(&post, Protection::None, Roots::default())).await;
        assert_eq!(outcome, wanted);
        assert!(began.elapsed() < PATIENCE + Duration::from_secs(2));
        assert!(post.letters().is_empty());
    }
    for manner in [Manner::Babbles, Manner::HangsUp] {
        let post = Post::open(manner).await;
        let outcome = send(&through(&post, Protection::None, Roots::default())).await;
        assert!(matches!(outcome, Outcome::TryAgain(Trouble::Strange | Trouble::Unreachable)), "{outcome:?}");
    }
    let mut gone = Post::open(Manner::Plain).await;
    gone.port = 9;
    let outcome = send(&through(&gone, Protection::None, Roots::default())).await;
    assert_eq!(outcome, Outcome::TryAgain(Trouble::Unreachable));
}
