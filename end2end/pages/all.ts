// Every page of Alur, for whoever looks at all of them: axe, and the pictures.
export type Look = {
  /** What the picture is called. */
  name: string;
  path: string;
  /** Who looks; nobody has signed in if it is missing. */
  account?: string;
};

export const PAGES: Look[] = [
  { name: 'masuk', path: '/masuk' },
  { name: 'keluar', path: '/keluar', account: 'staf' },
  { name: 'pertama', path: '/pertama?kunci=lama' },
  { name: 'sandi', path: '/sandi?kunci=lama' },
  { name: 'beranda', path: '/', account: 'staf' },
  { name: 'beranda-tanpa-tugas', path: '/', account: 'karo' },
  { name: 'pelaksanaan', path: '/pelaksanaan', account: 'staf' },
  { name: 'lembar', path: '/pelaksanaan/1', account: 'staf' },
  { name: 'lembar-pemimpin', path: '/pelaksanaan/1', account: 'kabag' },
  { name: 'kotak-selesaikan', path: '/pelaksanaan/1?sel=6.staf', account: 'staf' },
  { name: 'kotak-riwayat', path: '/pelaksanaan/1?sel=2.kabag', account: 'staf' },
  { name: 'tautan', path: '/pelaksanaan/1/tautan', account: 'staf' },
  { name: 'pd', path: '/pd', account: 'dinkes' },
  { name: 'pd-lkj', path: '/pd/lkj/2026', account: 'dinkes' },
  { name: 'pd-impor', path: '/pd/lkj/2026/impor', account: 'dinkes' },
  { name: 'akun-pd', path: '/akun', account: 'dinkes' },
  { name: 'lkj', path: '/pelaksanaan/1/lkj', account: 'staf' },
  { name: 'rencana', path: '/pelaksanaan/1/rencana', account: 'staf' },
  { name: 'rekap', path: '/pelaksanaan/1/rekap', account: 'staf' },
  { name: 'pengingat', path: '/pelaksanaan/1/pengingat', account: 'staf' },
  { name: 'sop', path: '/sop', account: 'staf' },
  { name: 'sop-lembar', path: '/sop/ORG.2.2.2', account: 'staf' },
  { name: 'waktu', path: '/sop/ORG.2.2.2/waktu', account: 'staf' },
  { name: 'akun', path: '/akun', account: 'staf' },
  { name: 'kelola', path: '/kelola', account: 'admin' },
  { name: 'kelola-akun', path: '/kelola/akun', account: 'admin' },
  { name: 'kelola-pd', path: '/kelola/pd', account: 'admin' },
  { name: 'kelola-pengingat', path: '/kelola/pengingat', account: 'admin' },
  { name: 'kelola-jejak', path: '/kelola/jejak', account: 'admin' },
  { name: 'kelola-sop', path: '/kelola/sop', account: 'admin' },
  { name: 'kelola-pengganti', path: '/kelola/pengganti', account: 'admin' },
  { name: 'kelola-kalender', path: '/kelola/kalender', account: 'admin' },
  { name: 'kelola-kalender-tahun', path: '/kelola/kalender/2027', account: 'admin' },
  { name: 'kelola-kalender-belum', path: '/kelola/kalender/2028', account: 'admin' },
  { name: 'kelola-papan', path: '/kelola/papan', account: 'admin' },
  { name: 'terlarang', path: '/kelola/akun', account: 'staf' },
  { name: 'tidak-ada', path: '/tidak/ada', account: 'staf' },
];
