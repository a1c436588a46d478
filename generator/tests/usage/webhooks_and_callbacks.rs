//! What a server does with the webhooks and callbacks that it receives.

use fixture_webhooks_and_callbacks::models::{ExportDone, OrderEvent};
use fixture_webhooks_and_callbacks::webhooks::{self, Event, SignatureError, Verifier};

fn received(verifier: &Verifier, headers: &http::HeaderMap, body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    match verifier.verify(headers, body) {
        Err(SignatureError::OutsideTolerance) => return Ok(()),
        other => other?,
    }
    match Event::parse(body)? {
        Event::Order(OrderEvent { order, .. }) => println!("{:?}", order.id),
        Event::UserDeleted(deleted) => println!("{}", deleted.user),
        Event::Unknown(json) => println!("{json}"),
        _ => {}
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let verifier = Verifier::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?.with_header_prefix("svix");
    received(&verifier, &http::HeaderMap::new(), b"{}").unwrap_err();
    let done: ExportDone = webhooks::parse(br#"{"rows": 3}"#)?;
    assert_eq!(done.rows, 3);
    let event = Event::parse(br#"{"type": "order.canceled", "order": {"id": "o1"}}"#)?;
    assert!(matches!(event, Event::Order(_)));
    let event = Event::parse(br#"{"type": "user.deleted", "user": "u1"}"#)?;
    assert!(matches!(event, Event::UserDeleted(_)));
    let event = Event::parse(br#"{"type": "user.created", "user": "u1"}"#)?;
    assert!(matches!(event, Event::UserCreated(_)));
    let event = Event::parse(br#"{"type": "invoice.paid"}"#)?;
    assert!(matches!(event, Event::Unknown(_)));
    assert!(Event::parse(b"no json").is_err());
    Ok(())
}
