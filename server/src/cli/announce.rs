//! What is said when the office is open.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::failure::Failure;
use super::tell::tell;
use crate::Deps;

/// What is said where an administrator was, and is none any more.
const ADMIN_LOST: &str = "kantor ini pernah punya administrator, tetapi sekarang tidak ada satu pun yang aktif. \
     Pulihkan cadangan terakhir ke folder data lain yang kosong dengan `alur restore`, atau angkat administrator \
     di mesin ini dengan `alur account add NAMA --admin`";
/// Says that the office is open. Tests and scripts wait for the line that begins so.
pub(super) fn announce(deps: &Deps, address: SocketAddr) -> Result<(), Failure> {
    for notice in deps.store.notices() {
        tell(format!("Perhatian: {notice}"))?;
    }
    let reachable = match address.ip() {
        any if any.is_unspecified() => IpAddr::from(Ipv4Addr::LOCALHOST),
        ip => ip,
    };
    let site = format!("http://{}", SocketAddr::new(reachable, address.port()));
    if deps.practice {
        return tell(format!("Alur siap: {site} (latihan) — klik tautan, pilih akun di halaman masuk."));
    }
    let own = deps.own.url();
    if !deps.accounts.has_admin() {
        // Whoever had this link would have the office.
        let was_at_work = !deps.desk.office().runs.is_empty();
        if was_at_work || deps.store.remembered().is_some_and(|remembered| remembered.had_admin) {
            return Err(Failure::Said(ADMIN_LOST.to_owned()));
        }
        let key = deps.accounts.make_first_link().map_err(|error| Failure::Said(error.to_string()))?;
        tell(format!("Belum ada administrator. Buat di sini (berlaku sekali): {own}/pertama?kunci={key}"))?;
    }
    if own == site && reachable.is_loopback() {
        tracing::warn!(own, "links, receipts and QR codes lead to this machine only; set ALUR_URL");
    }
    tell(format!("Alur siap: {site}"))
}
