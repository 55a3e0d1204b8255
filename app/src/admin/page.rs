//! `/kelola`: where the administrator begins.

use leptos::prelude::*;
use leptos_meta::Title;

use super::server::get_accounts;
use crate::shell::Loaded;

/// The administrator's pages.
#[component]
pub fn AdminPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_accounts());
    view! {
        <Title text="Kelola"/>
        <div class="title"><h1>"Kelola"</h1></div>
        <Loaded data children=|accounts, _| {
            let active = accounts.accounts.iter().filter(|account| account.active).count();
            view! {
                <ul class="cards">
                    <li>
                        <a class="card" href="/kelola/akun">
                            <strong>"Akun dan peran"</strong>
                            <span>{format!("{active} akun aktif")}</span>
                            <small>"Tambah akun, beri peran, ganti sandi, nonaktifkan"</small>
                        </a>
                    </li>
                    <li>
                        <a class="card" href="/kelola/pengganti">
                            <strong>"Pengganti"</strong>
                            <span>"Plt. dan Plh. untuk satu lajur, dari tanggal ke tanggal"</span>
                            <small>"Tunjuk, lihat yang akan datang, akhiri lebih awal"</small>
                        </a>
                    </li>
                    <li>
                        <a class="card" href="/kelola/kalender">
                            <strong>"Kalender kerja"</strong>
                            <span>"Hari libur menurut keputusannya, jam kerja, jam Ramadan"</span>
                            <small>"Tambah, ubah, impor CSV; tiap perubahan tercatat"</small>
                        </a>
                    </li>
                    <li>
                        <a class="card" href="/kelola/papan">
                            <strong>"Papan di dinding"</strong>
                            <span>"TV di kantor yang menampilkan pekerjaan, tanpa nama orang"</span>
                            <small>"Pasang, beri nama, kenali, cabut"</small>
                        </a>
                    </li>
                    <li>
                        <a class="card" href="/kelola/pd">
                            <strong>"Perangkat Daerah"</strong>
                            <span>"Daftar PD yang mengirim LKj"</span>
                            <small>"Tambah, ganti nama, tutup; impor dan unduh CSV"</small>
                        </a>
                    </li>
                    <li>
                        <a class="card" href="/kelola/pengingat">
                            <strong>"Surel dan pengingat"</strong>
                            <span>"Keadaan server surel, tangga pemberitahuan"</span>
                            <small>"Siapa diberi tahu bila pekerjaan berlarut; semula tidak aktif"</small>
                        </a>
                    </li>
                    <li>
                        <a class="card" href="/kelola/sop">
                            <strong>"Terbitkan SOP"</strong>
                            <span>"Versi baru atau prosedur baru, tanpa pemrograman"</span>
                            <small>"Pelaksanaan yang berjalan tetap memakai versinya sendiri"</small>
                        </a>
                    </li>
                </ul>
            }
        }/>
    }
    .into_any()
}
