//! The checksum that the engine writes beside what it writes: CRC-32 as in zip, eight bytes at a time.

const TABLES: [[u32; 256]; 8] = tables();

/// A checksum in the making.
pub(super) struct Crc(u32);

impl Crc {
    pub(super) fn new() -> Self {
        Self(u32::MAX)
    }

    pub(super) fn update(mut self, bytes: &[u8]) -> Self {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            let low = self.0 ^ u32::from_le_bytes([eight[0], eight[1], eight[2], eight[3]]);
            let [a, b, c, d] = low.to_le_bytes();
            let of = |table: usize, byte: u8| TABLES[table][usize::from(byte)];
            self.0 = of(7, a)
                ^ of(6, b)
                ^ of(5, c)
                ^ of(4, d)
                ^ of(3, eight[4])
                ^ of(2, eight[5])
                ^ of(1, eight[6])
                ^ of(0, eight[7]);
        }
        for byte in rest {
            let [low, ..] = self.0.to_le_bytes();
            self.0 = (self.0 >> 8) ^ TABLES[0][usize::from(low ^ byte)];
        }
        self
    }

    pub(super) fn sum(self) -> u32 {
        !self.0
    }
}

const fn tables() -> [[u32; 256]; 8] {
    let mut tables = [[0; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let (mut sum, mut bit) = (byte as u32, 0);
        while bit < 8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
            bit += 1;
        }
        tables[0][byte] = sum;
        byte += 1;
    }
    let mut table = 1;
    while table < 8 {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[table - 1][byte];
            tables[table][byte] = (before >> 8) ^ tables[0][(before & 0xFF) as usize];
            byte += 1;
        }
        table += 1;
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::Crc;

    #[test]
    fn it_is_the_checksum_that_everybody_has() {
        assert_eq!(Crc::new().update(b"123456789").sum(), 0xCBF4_3926);
        assert_eq!(Crc::new().update(b"1234").update(b"56789").sum(), 0xCBF4_3926);
        assert_eq!(Crc::new().update(b"").sum(), 0);
    }
}
