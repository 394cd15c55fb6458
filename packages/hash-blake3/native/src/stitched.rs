//! MD5, SHA-1 and SHA-256 of the same blocks in one stream of instructions. Each is a chain whose every step waits for the one before it; MD5 alone
//! leaves half of a core's adders idle and its SHA unit all of the time. Stitched, the three take hardly longer than MD5 alone.
//! MD5: RFC 1321. SHA: FIPS 180-4, by the SHA extensions of x86.
use core::arch::asm;
use core::arch::x86_64::*;

/// Bytes.
pub const BLOCK: usize = 64;

/// In the order of the standards.
#[derive(Clone)]
pub struct States {
    pub md5: [u32; 4],
    pub sha1: [u32; 5],
    pub sha256: [u32; 8],
}

pub fn is_available() -> bool {
    is_x86_feature_detected!("sha") && is_x86_feature_detected!("ssse3") && is_x86_feature_detected!("sse4.1")
}

/// `blocks`: whole ones. What is behind the last is not looked at.
/// # Safety
/// Where `is_available`.
#[target_feature(enable = "sha,sse2,ssse3,sse4.1")]
pub unsafe fn compress(states: &mut States, blocks: &[u8]) {
    let mut chains = Chains::of(states);
    for block in blocks.chunks_exact(BLOCK) {
        chains.pass(block.as_ptr());
    }
    chains.write(states);
}

struct Chains {
    md5: [u32; 4],
    /// SHA-1: words a to d, and e as the next four rounds want it.
    abcd: __m128i,
    e: __m128i,
    /// SHA-256: its words as the rounds want them.
    abef: __m128i,
    cdgh: __m128i,
}

/// What changes within one block.
struct Rounds {
    block: *const u8,
    md5: [u32; 4],
    /// SHA-1 by turns: four words, and e with the message added.
    turns: [__m128i; 2],
    abef: __m128i,
    cdgh: __m128i,
    /// The last five groups of four words of either message schedule.
    words1: [__m128i; 5],
    words256: [__m128i; 5],
}

impl Chains {
    #[inline(always)]
    unsafe fn of(states: &States) -> Self {
        let words = states.sha256.as_ptr().cast::<__m128i>();
        let cdab = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xB1);
        let efgh = _mm_shuffle_epi32(_mm_loadu_si128(words.add(1)), 0x1B);
        let [a, b, c, d, e] = states.sha1.map(|word| word as i32);
        Chains {
            md5: states.md5,
            abcd: _mm_set_epi32(a, b, c, d),
            e: _mm_set_epi32(e, 0, 0, 0),
            abef: _mm_alignr_epi8(cdab, efgh, 8),
            cdgh: _mm_blend_epi16(efgh, cdab, 0xF0),
        }
    }

    #[inline(always)]
    unsafe fn write(&self, states: &mut States) {
        let feba = _mm_shuffle_epi32(self.abef, 0x1B);
        let dchg = _mm_shuffle_epi32(self.cdgh, 0xB1);
        let words = states.sha256.as_mut_ptr().cast::<__m128i>();
        _mm_storeu_si128(words, _mm_blend_epi16(feba, dchg, 0xF0));
        _mm_storeu_si128(words.add(1), _mm_alignr_epi8(dchg, feba, 8));
        let mut dcba = [0u32; 4];
        _mm_storeu_si128(dcba.as_mut_ptr().cast(), self.abcd);
        states.sha1 = [dcba[3], dcba[2], dcba[1], dcba[0], _mm_extract_epi32(self.e, 3) as u32];
        states.md5 = self.md5;
    }

    /// Sixteen times four steps of MD5, between them the sixteen groups of SHA-256 and the twenty of SHA-1.
    #[inline(always)]
    unsafe fn pass(&mut self, block: *const u8) {
        let zero = [_mm_setzero_si128(); 5];
        let turns = [self.abcd, self.e];
        let (md5, abef, cdgh) = (self.md5, self.abef, self.cdgh);
        let mut rounds = Rounds { block, md5, turns, abef, cdgh, words1: zero, words256: zero };
        rounds.stitch::<0, 0>();
        rounds.stitch::<1, 1>();
        rounds.stitch::<2, 2>();
        rounds.stitch::<3, 3>();
        rounds.sha1::<4>();
        rounds.stitch::<4, 5>();
        rounds.stitch::<5, 6>();
        rounds.stitch::<6, 7>();
        rounds.stitch::<7, 8>();
        rounds.sha1::<9>();
        rounds.stitch::<8, 10>();
        rounds.stitch::<9, 11>();
        rounds.stitch::<10, 12>();
        rounds.stitch::<11, 13>();
        rounds.sha1::<14>();
        rounds.stitch::<12, 15>();
        rounds.stitch::<13, 16>();
        rounds.stitch::<14, 17>();
        rounds.stitch::<15, 18>();
        rounds.sha1::<19>();
        for (word, more) in self.md5.iter_mut().zip(rounds.md5) {
            *word = word.wrapping_add(more);
        }
        self.e = _mm_sha1nexte_epu32(rounds.turns[1], self.e);
        self.abcd = _mm_add_epi32(self.abcd, rounds.turns[0]);
        self.abef = _mm_add_epi32(self.abef, rounds.abef);
        self.cdgh = _mm_add_epi32(self.cdgh, rounds.cdgh);
    }
}

impl Rounds {
    /// A few steps of each by turns: what waits for the one chain must not fill the core's scheduler (some hundred instructions) before the others come.
    #[inline(always)]
    unsafe fn stitch<const GROUP: usize, const SHA1: usize>(&mut self) {
        self.sha1::<SHA1>();
        self.tie();
        self.md5_step::<GROUP, 0>();
        self.md5_step::<GROUP, 1>();
        self.tie();
        self.sha256::<GROUP>();
        self.tie();
        self.md5_step::<GROUP, 2>();
        self.md5_step::<GROUP, 3>();
        self.tie();
    }

    /// Nothing at all, but the compiler may move no step across it: it would sort them by chains again.
    #[inline(always)]
    unsafe fn tie(&mut self) {
        let [a, b, c, d] = &mut self.md5;
        let [one, other] = &mut self.turns;
        asm!("/* {0:e} {1:e} {2:e} {3:e} {4} {5} {6} {7} */", inout(reg) *a, inout(reg) *b, inout(reg) *c, inout(reg) *d,
            inout(xmm_reg) self.abef, inout(xmm_reg) self.cdgh, inout(xmm_reg) *one, inout(xmm_reg) *other,
            options(nomem, nostack, preserves_flags));
    }

    /// Step 4 × GROUP + AT.
    #[inline(always)]
    unsafe fn md5_step<const GROUP: usize, const AT: usize>(&mut self) {
        const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
        let (i, round) = (4 * GROUP + AT, GROUP / 4);
        let [a, b, c, d] = [0, 1, 2, 3].map(|k| self.md5[(k + 4 - AT) % 4]);
        let word = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] % 16;
        let word = self.block.add(4 * word).cast::<u32>().read_unaligned();
        let mut early = a.wrapping_add(u32::from_le(word)).wrapping_add(MD5_K[i]);
        if round == 1 {
            early = early.wrapping_add(!d & c);
        }
        // The compiler would add the constant last, behind what the chain waits for.
        asm!("/* {0:e} */", inout(reg) early, options(pure, nomem, nostack, preserves_flags));
        let late = [((c ^ d) & b) ^ d, d & b, b ^ (c ^ d), c ^ (b | !d)][round];
        self.md5[(4 - AT) % 4] = early.wrapping_add(late).rotate_left(SHIFTS[round][AT]).wrapping_add(b);
    }

    /// Four words of the block, I below 4.
    #[inline(always)]
    unsafe fn message<const I: usize>(&self, order: __m128i) -> __m128i {
        _mm_shuffle_epi8(self.block.cast::<__m128i>().add(I % 4).read_unaligned(), order)
    }

    /// Rounds 4 × I to 4 × I + 3.
    #[inline(always)]
    unsafe fn sha256<const I: usize>(&mut self) {
        let words = self.words256;
        let group = if I < 4 {
            self.message::<I>(_mm_set_epi64x(0x0C0D0E0F_08090A0B, 0x04050607_00010203))
        } else {
            let [one, two, three, four] = [1, 2, 3, 4].map(|k| words[(I + k) % 5]);
            let sum = _mm_add_epi32(_mm_sha256msg1_epu32(one, two), _mm_alignr_epi8(four, three, 4));
            _mm_sha256msg2_epu32(sum, four)
        };
        self.words256[I % 5] = group;
        let constants = SHA256_K.as_ptr().add(4 * I).cast::<__m128i>().read_unaligned();
        let sum = _mm_add_epi32(group, constants);
        self.cdgh = _mm_sha256rnds2_epu32(self.cdgh, self.abef, sum);
        self.abef = _mm_sha256rnds2_epu32(self.abef, self.cdgh, _mm_shuffle_epi32(sum, 0x0E));
    }

    /// Rounds 4 × I to 4 × I + 3.
    #[inline(always)]
    unsafe fn sha1<const I: usize>(&mut self) {
        let words = self.words1;
        let group = if I < 4 {
            self.message::<I>(_mm_set_epi64x(0x00010203_04050607, 0x08090A0B_0C0D0E0F))
        } else {
            let [one, two, three, four] = [1, 2, 3, 4].map(|k| words[(I + k) % 5]);
            _mm_sha1msg2_epu32(_mm_xor_si128(_mm_sha1msg1_epu32(one, two), three), four)
        };
        self.words1[I % 5] = group;
        let [now, next] = [self.turns[I % 2], self.turns[1 - I % 2]];
        let with_e = if I == 0 { _mm_add_epi32(next, group) } else { _mm_sha1nexte_epu32(next, group) };
        self.turns[1 - I % 2] = match I / 5 {
            0 => _mm_sha1rnds4_epu32(now, with_e, 0),
            1 => _mm_sha1rnds4_epu32(now, with_e, 1),
            2 => _mm_sha1rnds4_epu32(now, with_e, 2),
            _ => _mm_sha1rnds4_epu32(now, with_e, 3),
        };
    }
}

#[rustfmt::skip]
const SHA256_K: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

#[rustfmt::skip]
const MD5_K: [u32; 64] = [
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
];
