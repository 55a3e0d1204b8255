//! `/kelola`: where the administrator begins.

use desk::problem::Problem;
use leptos::prelude::*;
use leptos_meta::Title;

use super::server::get_accounts;
use super::storage::{StorageCard, get_storage};
use crate::ui::Loaded;

/// The administrator's pages.
#[component]
pub fn AdminPage() -> impl IntoView {
    let data = Resource::new_blocking(
        || (),
        |()| async {
            let accounts = get_accounts(String::new()).await?;
            // A disk that does not say how it stands is no reason not to administer.
            Ok::<_, Problem>((accounts, get_storage().await.ok()))
        },
    );
    view! {
        <Title text="Kelola"/>
        <div class="title"><h1>"Kelola"</h1></div>
        <Loaded data children=|(accounts, storage), _| {
            let active = accounts.accounts.iter().filter(|account| account.active).count();
            view! {
                <ul class="cards">
                    <li>
                        <a class="card" href="/kelola/akun">
                            <strong>"Akun dan peran"</strong>
                            <span>{format!("{active} akun aktif")}</span>
                            <small>"Tambah akun, beri peran, buat tautan sandi, nonaktifkan"</small>
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
                        <a class="card" href="/kelola/jejak">
                            <strong>"Jejak"</strong>
                            <span>"Siapa melakukan apa, terhadap siapa, kapan, dari mana"</span>
                            <small>"Saring menurut akun, jenis dan hari; unduh CSV"</small>
                        </a>
                    </li>
                    <li>
                        <a class="card" href="/kelola/sop">
                            <strong>"Terbitkan SOP"</strong>
                            <span>"Versi baru atau prosedur baru, tanpa pemrograman"</span>
                            <small>"Pelaksanaan yang berjalan tetap memakai versinya sendiri"</small>
                        </a>
                    </li>
                    <li>
                        {storage
                            .map_or_else(
                                || {
                                    view! {
                                        <div class="card" data-state="late">
                                            <strong>"Penyimpanan"</strong>
                                            <em>"Keadaan disk tidak dapat dibaca; lihat catatan server."</em>
                                        </div>
                                    }
                                        .into_any()
                                },
                                |storage| view! { <StorageCard storage/> }.into_any(),
                            )}
                    </li>
                </ul>
            }
        }/>
    }
    .into_any()
}
