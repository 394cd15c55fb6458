//! One content's MD5, SHA-1 and SHA-256 at once: blocks, and the padding that ends them.
use crate::algorithm::State;
use crate::stitched::{compress, is_available, States, BLOCK};

/// Where the length stands in the last block.
const LENGTH_AT: usize = BLOCK - 8;

pub struct Trio {
    states: States,
    /// Bytes in front of the next whole block.
    rest: [u8; BLOCK],
    /// Bytes so far.
    length: u64,
}

/// None where the machine has no instructions for it.
pub fn new() -> Option<Box<dyn State>> {
    is_available().then(|| Box::new(Trio::new()) as Box<dyn State>)
}

impl Trio {
    fn new() -> Self {
        Trio {
            states: States {
                md5: [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476],
                sha1: [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0],
                sha256: [
                    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
                ],
            },
            rest: [0; BLOCK],
            length: 0,
        }
    }

    fn pass(states: &mut States, blocks: &[u8]) {
        // Sound: there is no Trio where it is not available.
        unsafe { compress(states, blocks) };
    }

    /// After the last byte: a one bit, zeros, and the length in bits (u64), the other way round for MD5.
    fn padded(&self, length: [u8; 8]) -> Vec<u8> {
        let filled = (self.length % BLOCK as u64) as usize;
        let mut end = self.rest[..filled].to_vec();
        end.push(0x80);
        end.resize(if filled < LENGTH_AT { LENGTH_AT } else { BLOCK + LENGTH_AT }, 0);
        end.extend_from_slice(&length);
        end
    }
}

impl State for Trio {
    fn update(&mut self, mut bytes: &[u8]) {
        let filled = (self.length % BLOCK as u64) as usize;
        self.length += bytes.len() as u64;
        if filled > 0 {
            let more = bytes.len().min(BLOCK - filled);
            self.rest[filled..filled + more].copy_from_slice(&bytes[..more]);
            if filled + more < BLOCK {
                return;
            }
            Self::pass(&mut self.states, &self.rest);
            bytes = &bytes[more..];
        }
        let (blocks, rest) = bytes.split_at(bytes.len() - bytes.len() % BLOCK);
        Self::pass(&mut self.states, blocks);
        self.rest[..rest.len()].copy_from_slice(rest);
    }

    /// MD5, SHA-1, SHA-256, one behind the other.
    fn finish(self: Box<Self>) -> Vec<u8> {
        let bits = self.length.wrapping_mul(8);
        let ended = |length| {
            let mut states = self.states.clone();
            Self::pass(&mut states, &self.padded(length));
            states
        };
        let (little, big) = (ended(bits.to_le_bytes()), ended(bits.to_be_bytes()));
        let md5 = little.md5.iter().flat_map(|word| word.to_le_bytes());
        md5.chain(big.sha1.iter().chain(&big.sha256).flat_map(|word| word.to_be_bytes())).collect()
    }
}
