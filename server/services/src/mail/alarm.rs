//! A mail that something is wrong with the server itself: to every administrator, at any hour, and not
//! through the outbox, because what is wrong may be that nothing can be written.

use domain::id::AccountId;
use domain::reminder::{Mail, To};
use lettre::Address;

use super::smtp::{NotTaken, Talk};
use super::{Mailroom, Trouble};

impl Mailroom {
    /// Whom an alarm would reach: administrators with an address. Nobody if no mail server was told.
    pub(crate) fn alarmed(&self) -> Vec<AccountId> {
        if self.sender.is_none() {
            return Vec::new();
        }
        let addresses = self.addresses_now();
        let has = |account: &AccountId| addresses.contains_key(&To::Account(account.clone()));
        self.accounts.admins().into_iter().filter(has).collect()
    }

    /// Sends a mail to an administrator, at once. `id` is the same each time that the same thing is said.
    ///
    /// # Errors
    /// [`Trouble`], if it did not go.
    pub(crate) async fn alarm(&self, to: &AccountId, id: &str, mail: Mail) -> Result<(), Trouble> {
        let Some(sender) = &self.sender else { return Ok(()) };
        let address = self.addresses_now().get(&To::Account(to.clone())).cloned().unwrap_or_default();
        let said = |error: &dyn std::fmt::Display| Trouble::Server(error.to_string());
        let address: Address = address.parse().map_err(|error| said(&error))?;
        let subject = if self.practice { format!("[LATIHAN] {}", mail.subject) } else { mail.subject };
        let mail = Mail { subject, ..mail };
        let text = super::compose::compose(&sender.from, &address, &mail, id, self.desk.now());
        let text = text.map_err(|error| said(&error))?;
        let mut talk =
            Talk::begin(&sender.server, sender.from.email.domain()).await.map_err(Trouble::Server)?;
        let not_taken = |no: NotTaken| match no {
            NotTaken::Refused { said, .. } | NotTaken::Dropped(said) | NotTaken::Broken(said) => {
                Trouble::Server(said)
            }
        };
        talk.offer(&sender.from.email, &address).await.map_err(not_taken)?;
        talk.text(&text).await.map_err(not_taken)?;
        talk.end().await;
        tracing::info!(account = %to, id, "an alarm was sent");
        Ok(())
    }

    /// Where people find the page of this path, if that was told.
    pub(crate) fn page(&self, path: &str) -> String {
        self.site.as_deref().map(|site| format!(": {site}{path}")).unwrap_or_default()
    }
}
