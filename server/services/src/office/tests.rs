//! What the service does when the database fails, which only this crate can bring about.

use std::sync::Arc;

use desk::office::{Accepted, Desk};
use desk::problem::Problem;
use domain::agency::Agency;
use domain::id::{AgencyCode, CommandId};
use domain::office::{Actor, Command};

use super::OfficeService;
use crate::clock::Clock;
use crate::live::Hub;
use crate::store::Store;

async fn office_on(store: &Store) -> Arc<OfficeService> {
    let hub = Hub::new("uji".to_owned(), Clock::system());
    OfficeService::start(store.clone(), Clock::system(), hub).await.unwrap()
}

/// Lists one agency under this name.
async fn list(office: &OfficeService, id: &str, name: &str) -> Result<Accepted, Problem> {
    let agency = Agency { code: AgencyCode::from("uji"), name: name.to_owned(), short: name.to_owned() };
    let command = Command::ListAgencies { agencies: vec![agency] };
    office.submit(Actor::system(), CommandId::from(id), command).await
}

async fn say(store: &Store, statement: &str) {
    store.db().query(statement).await.unwrap().check().unwrap();
}

#[tokio::test]
async fn a_database_that_fails_changes_nothing_and_the_service_goes_on() {
    let store = Store::open("mem://").await.unwrap();
    let office = office_on(&store).await;
    list(&office, "a", "Satu").await.unwrap();
    let before = office.office();

    say(&store, "DEFINE FIELD OVERWRITE body ON log TYPE string ASSERT false").await;
    let waiting = (0..8).map(|n| (format!("b-{n}"), format!("Dua {n}")));
    let answers = waiting.map(|(id, name)| {
        let office = Arc::clone(&office);
        tokio::spawn(async move { list(&office, &id, &name).await })
    });
    for answer in futures::future::join_all(answers).await {
        assert_eq!(answer.unwrap(), Err(Problem::Unwell));
    }
    assert_eq!(office.office(), before);

    say(&store, "DEFINE FIELD OVERWRITE body ON log TYPE string READONLY").await;
    let accepted = list(&office, "b-0", "Dua").await.unwrap();
    assert_eq!(accepted, Accepted { first: 2, last: 2 });
    assert_eq!(office_on(&store).await.office(), office.office());
}

#[tokio::test]
async fn a_batch_that_arrived_although_its_confirmation_was_lost_is_found_again() {
    let store = Store::open("mem://").await.unwrap();
    let (here, elsewhere) = (office_on(&store).await, office_on(&store).await);
    // For this office the command of the other is what its own lost batch would be: rows
    // at the place that it wants to write to, under the id that it wants to use.
    let first = list(&elsewhere, "a", "Satu").await.unwrap();
    assert_eq!(here.office().seq, 0);
    assert_eq!(list(&here, "a", "Satu").await.unwrap(), first);
    assert_eq!(list(&here, "a", "Satu").await.unwrap(), first);
    assert_eq!(here.office(), elsewhere.office());
}
