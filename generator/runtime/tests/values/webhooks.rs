//! Signatures of webhooks, by the example that implementations of Standard Webhooks share.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use sdk_runtime::runtime::webhook::{SignatureError, Verifier};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const SENT: u64 = 1_614_265_330;
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const OTHER_SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

fn headers(prefix: &str, timestamp: &str, signature: &str) -> HeaderMap {
    let pairs = [("id", ID), ("timestamp", timestamp), ("signature", signature)];
    let name = |end: &str| format!("{prefix}-{end}").parse::<http::HeaderName>().expect("it is a name");
    pairs.into_iter().map(|(end, value)| (name(end), value.parse().expect("it is a value"))).collect()
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// What is said of the example with this signature.
fn check(verifier: &Verifier, signature: &str) -> Result<(), SignatureError> {
    verifier.verify_at(&headers("webhook", &SENT.to_string(), signature), BODY, at(SENT))
}

#[test]
fn the_example_of_the_specification_is_accepted() {
    let verifier = Verifier::new(SECRET).expect("it is a secret");
    assert_eq!(check(&verifier, SIGNATURE), Ok(()));
    let bare = SECRET.strip_prefix("whsec_").expect("it begins so");
    assert_eq!(check(&Verifier::new(bare).expect("it is a secret"), SIGNATURE), Ok(()));
}

#[test]
fn one_of_several_signatures_and_secrets_is_enough() {
    let several =
        format!("v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,xyz v1,!! {SIGNATURE} {SIGNATURE}");
    let verifier = Verifier::new(SECRET).expect("it is a secret");
    assert_eq!(check(&verifier, &several), Ok(()));
    let other = Verifier::new(OTHER_SECRET).expect("it is a secret");
    assert_eq!(check(&other, SIGNATURE), Err(SignatureError::NoMatch));
    assert_eq!(check(&other.with_secret(SECRET).expect("it is a secret"), SIGNATURE), Ok(()));
}

#[test]
fn what_was_changed_is_not_accepted() {
    let verifier = Verifier::new(SECRET).expect("it is a secret");
    let no_match = Err(SignatureError::NoMatch);
    let signed = headers("webhook", &SENT.to_string(), SIGNATURE);
    assert_eq!(verifier.verify_at(&signed, br#"{"test":2432232314}"#, at(SENT)), no_match);
    assert_eq!(verifier.verify_at(&headers("webhook", "1614265331", SIGNATURE), BODY, at(SENT)), no_match);
    let mut other_id = signed.clone();
    other_id.insert("webhook-id", "msg_1".parse().expect("it is a value"));
    assert_eq!(verifier.verify_at(&other_id, BODY, at(SENT)), no_match);
    for signature in ["", "v1,", "v1", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,g0hM9SsE"] {
        assert_eq!(check(&verifier, signature), no_match, "{signature}");
    }
}

#[test]
fn old_and_early_requests_are_not_accepted() {
    let verifier = Verifier::new(SECRET).expect("it is a secret");
    let signed = headers("webhook", &SENT.to_string(), SIGNATURE);
    let accepted = |verifier: &Verifier, now| verifier.verify_at(&signed, BODY, at(now));
    for now in [SENT - 300, SENT + 300] {
        assert_eq!(accepted(&verifier, now), Ok(()), "{now}");
    }
    for now in [SENT - 301, SENT + 301] {
        assert_eq!(accepted(&verifier, now), Err(SignatureError::OutsideTolerance), "{now}");
    }
    let patient = verifier.clone().with_tolerance(Duration::from_secs(3_600));
    assert_eq!(accepted(&patient, SENT + 3_600), Ok(()));
    // By the clock of the system, the example is years old.
    assert_eq!(verifier.verify(&signed, BODY), Err(SignatureError::OutsideTolerance));
    for timestamp in ["", "now", "-1", "1614265330.5", "99999999999999999999999"] {
        let result = verifier.verify_at(&headers("webhook", timestamp, SIGNATURE), BODY, at(SENT));
        assert_eq!(result, Err(SignatureError::InvalidTimestamp), "{timestamp}");
    }
}

#[test]
fn headers_may_have_other_names_and_none_may_be_missing() {
    let verifier = Verifier::new(SECRET).expect("it is a secret").with_header_prefix("svix");
    let signed = headers("svix", &SENT.to_string(), SIGNATURE);
    assert_eq!(verifier.verify_at(&signed, BODY, at(SENT)), Ok(()));
    for name in ["svix-id", "svix-timestamp", "svix-signature"] {
        let mut incomplete = signed.clone();
        incomplete.remove(name);
        let missing = Err(SignatureError::MissingHeader { name: name.to_owned() });
        assert_eq!(verifier.verify_at(&incomplete, BODY, at(SENT)), missing);
    }
}

#[test]
fn secrets_are_base64_and_not_shown() {
    for secret in ["", "whsec_", "whsec_!", "no base64"] {
        assert_eq!(Verifier::new(secret).err(), Some(SignatureError::InvalidSecret), "{secret}");
    }
    let verifier = Verifier::new(SECRET).expect("it is a secret");
    assert_eq!(format!("{verifier:?}"), "Verifier { secrets: 1, .. }");
    assert!(verifier.with_secret("!").is_err());
}
