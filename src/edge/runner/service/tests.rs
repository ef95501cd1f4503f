//! What services promise: messages in order, an end that is told, and facts that do not hold up questions.

use super::super::outbox::{Arrival, outbox};
use super::*;

/// Waits for the end of a part that was told to the loop.
fn told_end(arrivals: &super::super::outbox::Arrivals) -> (Part, String) {
    match arrivals.urgent.recv() {
        Ok(Arrival::Message(Message::PartEnded { part, reason })) => (part, reason.to_string()),
        _ => panic!("the end of a part was to be told"),
    }
}

#[test]
fn what_comes_before_a_service_is_ready_is_held_for_it() {
    let (outbox, _arrivals) = outbox();
    let (answer, answered) = unbounded();
    let (service, ready) = Service::start_later(Part::Saving, &outbox, move |first: u32, inbox, _| {
        let mut all = vec![first];
        while let Some(next) = inbox.recv() {
            all.push(next);
        }
        answer.send(all).unwrap();
    })
    .unwrap();
    service.mailbox().send(2);
    service.mailbox().send(3);
    ready.give(1);
    assert!(service.join(Instant::now() + Duration::from_secs(60)));
    assert_eq!(answered.recv().unwrap(), [1, 2, 3]);
}

#[test]
fn a_service_that_panics_is_told_and_sending_to_it_does_no_harm() {
    let (outbox, arrivals) = outbox();
    let service = Service::start(Part::Loading, &outbox, |inbox: &mut Inbox<()>, _| {
        inbox.recv();
        panic!("as a test wants it");
    })
    .unwrap();
    service.mailbox().send(());
    let (part, reason) = told_end(&arrivals);
    assert_eq!(part, Part::Loading);
    assert!(reason.contains("fault in Rounds"), "{reason}");
    service.mailbox().send(());
    assert!(service.join(Instant::now() + Duration::from_secs(60)));
}

#[test]
fn a_service_that_stops_by_itself_is_told_and_one_that_was_asked_to_end_is_not() {
    let (outbox, arrivals) = outbox();
    let stops = Service::start(Part::Pages, &outbox, |_: &mut Inbox<()>, _| {}).unwrap();
    assert_eq!(told_end(&arrivals).0, Part::Pages);
    drop(stops);
    let asked =
        Service::start(Part::Searching, &outbox, |inbox: &mut Inbox<()>, _| while inbox.recv().is_some() {})
            .unwrap();
    assert!(asked.join(Instant::now() + Duration::from_secs(60)));
    assert!(arrivals.urgent.is_empty());
}

#[test]
fn a_service_for_which_nothing_is_prepared_ends_and_is_told() {
    let (outbox, arrivals) = outbox();
    let (service, ready) =
        Service::start_later(Part::Saving, &outbox, |(): (), _: &mut Inbox<()>, _| {}).unwrap();
    drop(ready);
    assert_eq!(told_end(&arrivals).0, Part::Saving);
    drop(service);
}

#[test]
fn a_service_that_does_not_end_is_waited_for_no_longer_than_the_deadline() {
    let (outbox, _arrivals) = outbox();
    let (until, held) = bounded::<Never>(0);
    let service = Service::start(Part::Loading, &outbox, move |_: &mut Inbox<()>, _| {
        let _ = held.recv();
    })
    .unwrap();
    assert!(!service.join(Instant::now()));
    drop(until);
}
