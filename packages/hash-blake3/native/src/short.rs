//! Digests of many short inputs that lie one behind the other: a call for each would cost ten times the hashing.

/// `ends`: where each input ends, u32 little-endian. One digest of 32 bytes for each.
pub fn hash_each(data: &[u8], ends: &[u8]) -> Vec<u8> {
    let mut digests = Vec::with_capacity(ends.len() / 4 * 32);
    let mut start = 0;
    for end in ends.chunks_exact(4) {
        let end = u32::from_le_bytes([end[0], end[1], end[2], end[3]]) as usize;
        // Ends that go backwards or beyond are a caller's fault, and must not end the process.
        let input = data.get(start..end).unwrap_or(&[]);
        digests.extend_from_slice(blake3::hash(input).as_bytes());
        start = end;
    }
    digests
}
