//! The flat digest that other recorders give a directory, over columns: a million lines are never texts of Node's.
use sha2::Digest;

const HEX: &[u8; 16] = b"0123456789abcdef";
const DIGEST: usize = 32;
/// Lines are hashed when there are so many bytes of them.
const PIECE: usize = 256 << 10;

/// `names`: each ended by a NUL byte. `chosen`: a byte for each, 0 for what has no line. `digests`: 32 bytes for each name.
pub fn flat(names: &[u8], chosen: &[u8], digests: &[u8], sha256: bool) -> Vec<u8> {
    let algorithm: &[u8] = if sha256 { b"sha256" } else { b"blake3" };
    let mut lines = [b"roar:", algorithm, b"-tree:v1\n"].concat();
    let mut state = State::new(sha256);
    let mut each = names.split_inclusive(|byte| *byte == 0);
    for (digest, chosen) in digests.chunks_exact(DIGEST).zip(chosen) {
        let Some(name) = each.next() else { break };
        if *chosen == 0 {
            continue;
        }
        lines.extend_from_slice(name);
        lines.extend_from_slice(algorithm);
        lines.push(b':');
        for byte in digest {
            lines.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
        lines.push(b'\n');
        if lines.len() >= PIECE {
            state.update(&lines);
            lines.clear();
        }
    }
    state.update(&lines);
    state.finish()
}

enum State {
    Blake3(Box<blake3::Hasher>),
    Sha256(sha2::Sha256),
}

impl State {
    fn new(sha256: bool) -> Self {
        if sha256 {
            State::Sha256(sha2::Sha256::new())
        } else {
            State::Blake3(Box::default())
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            State::Blake3(state) => {
                state.update(bytes);
            }
            State::Sha256(state) => Digest::update(state, bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            State::Blake3(state) => state.finalize().as_bytes().to_vec(),
            State::Sha256(state) => state.finalize().to_vec(),
        }
    }
}
