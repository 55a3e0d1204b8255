//! The report's files.

use desk::file::size_words;
use desk::report::{Draft, Sizes};
use domain::id::RunId;
use domain::report::FileRef;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::server::RemoveFile;
use crate::ui::{Flashed, Notice};

/// The files that are there, and room for more.
#[component]
pub(super) fn FilesCard(run: RunId, draft: Draft, sizes: Sizes, flash: Flashed) -> impl IntoView {
    let Draft { report, annexes, .. } = draft;
    let replace = if report.is_some() { "Ganti berkas LKj (PDF)" } else { "Berkas LKj (PDF)" };
    let annexes = annexes.into_iter().map(|file| view! { <Kept run file/> }).collect_view();
    let hint = format!(
        "LKj sebagai PDF wajib ada. Lampiran boleh PDF, Excel, Word atau gambar. Satu berkas paling besar {} MB, semuanya bersama {} MB.",
        sizes.file >> 20,
        sizes.total >> 20
    );
    view! {
        <section class="part" id="berkas">
            <h2>"Berkas"</h2>
            <p class="hint">{hint}</p>
            <p class="hint">
                "Berkas yang Anda hapus atau ganti sebelum dikirim saat itu juga tidak dapat dibuka siapa pun, dan hilang dari server paling lambat 30 hari kemudian. Berkas yang sudah terkirim tetap tersimpan. Unggahan yang terhenti dihapus setelah 24 jam."
            </p>
            <div id="berkas-lkj" data-fresh>{report.map(|file| view! { <Kept run file/> })}</div>
            <SendFile run kind="lkj" label=replace accept="application/pdf,.pdf" flash=flash.clone()/>
            <h3>"Lampiran"</h3>
            <div id="berkas-lampiran" data-fresh>{annexes}</div>
            <SendFile run kind="lampiran" label="Tambah lampiran" accept=".pdf,.xlsx,.docx,.png,.jpg,.jpeg,.webp" flash/>
        </section>
    }
    .into_any()
}

#[component]
fn Kept(run: RunId, file: FileRef) -> impl IntoView {
    let href = format!("/pd/berkas/{run}/{}", file.sha256);
    view! {
        <div class="kept">
            <a href=href rel="external">{file.name.clone()}</a>
            <span>{size_words(file.size)}</span>
            <form method="post" action=RemoveFile::url()>
                <input type="hidden" name="run" value=run.to_string()/>
                <input type="hidden" name="sha256" value=file.sha256.clone()/>
                <button class="quiet" aria-label=format!("Hapus {}", file.name)>"Hapus"</button>
            </form>
            <code title=file.sha256.clone()>"SHA-256 "{file.sha256.clone()}</code>
        </div>
    }
}

#[component]
fn SendFile(
    run: RunId,
    kind: &'static str,
    label: &'static str,
    accept: &'static str,
    flash: Flashed,
) -> impl IntoView {
    let action = format!("/pd/kirim-berkas/{run}/{kind}");
    let problem = Signal::stored(flash.problem(&action));
    let id = format!("f-{kind}");
    view! {
        <form method="post" action=action enctype="multipart/form-data" id=id.clone() class="send-file">
            <Notice problem/>
            <label>
                {label}
                <input type="file" name="berkas" accept=accept required/>
            </label>
            <button class="ghost">"Unggah"</button>
        </form>
        <super::pieces::Pieces run kind=kind.to_owned() form=id/>
    }
}
