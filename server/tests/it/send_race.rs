//! Sending and saving at the same moment, 1,000 times: what was acknowledged is sent, or still a draft.

use axum::http::StatusCode;
use desk::problem::Problem;
use desk::report::{Saved, Seen, Submissions};
use domain::achievement::Row;
use futures::future::{join, join_all};

use crate::harness::{House, RUN, Sender, Visitor, row, run};

/// Agencies that send at once, so that each waits for the disk behind the others.
const AGENCIES: usize = 10;
/// How often each sends.
const ROUNDS: usize = 100;
/// How often its second device saves meanwhile.
const SAVES: usize = 3;

#[test]
fn what_another_device_saves_while_a_report_is_sent_is_sent_or_stays() {
    run(async || {
        let house = House::on_disk().await;
        let staff = house.signed_in("staf").await;
        let mut senders = Vec::new();
        for _ in 0..AGENCIES {
            let sender = Sender::fresh(&house).await;
            sender.prepare(&house, vec![row("Mula", "1", "1")]).await;
            senders.push(sender);
        }
        let sent_late = join_all(senders.iter().map(|sender| rounds(&house, &staff, sender))).await;
        let (saved, refused): (usize, usize) =
            sent_late.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        println!(
            "{} sendings; of the saves meanwhile {saved} were kept, {refused} refused",
            AGENCIES * ROUNDS
        );
        assert!(saved > 0 && refused > 0, "they did not meet: {saved} kept, {refused} refused");
    });
}

/// How many saves were kept and refused.
async fn rounds(house: &House, staff: &Visitor, sender: &Sender) -> (usize, usize) {
    let reports = &house.opened.deps.reports;
    let (mut kept, mut refused) = (0, 0);
    for round in 1..=ROUNDS {
        let mut last = vec![row(&format!("Putaran {round}"), "100", "90")];
        save(house, sender, &last).await.unwrap();
        let saving = async {
            let mut last = None;
            for n in 0..SAVES {
                let rows = vec![row(&format!("Putaran {round}, perangkat lain {n}"), "100", "91")];
                match save(house, sender, &rows).await {
                    Ok(()) => (kept, last) = (kept + 1, Some(rows)),
                    Err(problem) => {
                        assert!(problem.to_string().contains("sudah terkirim"), "{problem}");
                        refused += 1;
                    }
                }
            }
            last
        };
        // Whoever is polled first is at the door first.
        let meanwhile = if round % 2 == 0 {
            join(sender.submit(house), saving).await.1
        } else {
            join(saving, sender.submit(house)).await.0
        };
        last = meanwhile.unwrap_or(last);
        let now = reports.draft(RUN, sender.code.clone()).await.unwrap().rows;
        assert_eq!(now, last, "{} lost what was acknowledged in round {round}", sender.code);
        give_back(staff, house, sender, round).await;
    }
    (kept, refused)
}

/// Saves the table over whatever is there, as a device that has seen it.
async fn save(house: &House, sender: &Sender, rows: &[Row]) -> Result<(), Problem> {
    let reports = &house.opened.deps.reports;
    let version = reports.draft(RUN, sender.code.clone()).await?.rows_version;
    match reports.save_rows(RUN, sender.code.clone(), Seen::from(version), rows.to_vec()).await? {
        Saved::Kept(_) => Ok(()),
        // The report was sent between the two, and what is there is what was sent.
        Saved::Changed(_) => Err(Problem::invalid("LKj sudah terkirim")),
    }
}

async fn give_back(staff: &Visitor, house: &House, sender: &Sender, round: usize) {
    let (round, id) = (round.to_string(), format!("kembali-{}-{round}", sender.code));
    let fields = [
        ("run", "1"),
        ("pd", sender.code.as_str()),
        ("round", round.as_str()),
        ("command_id", id.as_str()),
        ("temuan[umum]", "Lengkapi."),
    ];
    let answer = staff.post(house, "/api/return-report", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

/// An answer that was lost: the page sends the same command again, after the report came back and
/// was written anew. It gets the old answer, and what was written since is not taken for sent.
#[test]
fn a_repeated_sending_does_not_forget_what_was_written_since() {
    run(async || {
        let house = House::on_disk().await;
        let staff = house.signed_in("staf").await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Pertama", "1", "1")]).await;
        give_back(&staff, &house, &sender, 1).await;
        let anew = vec![row("Sesudah dikembalikan", "2", "2")];
        save(&house, &sender, &anew).await.unwrap();
        let id = format!("kirim-{}-1", sender.code);
        let again = [("run", "1"), ("command_id", id.as_str()), ("alasan", "Lampiran menyusul.")];
        let answer = sender.visitor.post(&house, "/api/send-report", &again).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let office = house.opened.deps.desk.office();
        assert_eq!(office.runs[&RUN].reports[&sender.code].rounds.len(), 1);
        let draft = house.opened.deps.reports.draft(RUN, sender.code.clone()).await.unwrap();
        assert_eq!(draft.rows, anew);
    });
}
