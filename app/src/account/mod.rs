//! Who somebody is: signing in and out, one's own account.

mod feed;
mod link;
mod page;
mod server;
mod sign_in;

pub use link::PasswordLinkPage;
pub use page::AccountPage;
pub use server::{
    ChangePassword, FirstAdmin, FirstLink, GetPasswordLink, PracticeAccounts, SignIn, SignOut,
    UsePasswordLink,
};
pub use sign_in::{FirstAdminPage, SignInPage, SignOutPage};
