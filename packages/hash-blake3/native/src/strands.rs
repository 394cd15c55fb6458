//! Which algorithms are computed by one state and which by states of their own, and their digests in the order that was asked for.
use crate::algorithm::{Algorithm, State};
#[cfg(target_arch = "x86_64")]
use crate::trio::new as new_trio;

#[cfg(not(target_arch = "x86_64"))]
fn new_trio() -> Option<Box<dyn State>> {
    None
}

/// A state, and the places (in the list of algorithms) of the digests that it gives, one behind the other.
pub struct Strand {
    pub places: Vec<usize>,
    pub state: Box<dyn State>,
}

/// Together they take one core some 4 % longer than MD5 alone, so that more cores would not be done sooner.
const TRIO: [Algorithm; 3] = [Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha256];

/// `size`: bytes that will follow.
pub fn strands(algorithms: &[Algorithm], size: u64) -> Vec<Strand> {
    let mut strands: Vec<Strand> = trio_of(algorithms).into_iter().collect();
    for (place, algorithm) in algorithms.iter().enumerate() {
        if !strands.first().is_some_and(|one| one.places.contains(&place)) {
            strands.push(Strand { places: vec![place], state: algorithm.begin(size) });
        }
    }
    strands
}

fn trio_of(algorithms: &[Algorithm]) -> Option<Strand> {
    let places: Vec<usize> = TRIO.iter().filter_map(|one| algorithms.iter().position(|other| other == one)).collect();
    if places.len() < TRIO.len() {
        return None;
    }
    new_trio().map(|state| Strand { places, state })
}

/// All digests, in the order of the algorithms.
pub fn finish(strands: Vec<Strand>, algorithms: &[Algorithm]) -> Vec<u8> {
    joined(strands.into_iter().map(|one| (one.places, one.state.finish())), algorithms)
}

/// `digests`: of those at these places, one behind the other.
pub fn joined(digests: impl Iterator<Item = (Vec<usize>, Vec<u8>)>, algorithms: &[Algorithm]) -> Vec<u8> {
    let mut by_place = vec![Vec::new(); algorithms.len()];
    for (places, mut bytes) in digests {
        for place in places {
            let rest = bytes.split_off(algorithms[place].length());
            by_place[place] = std::mem::replace(&mut bytes, rest);
        }
    }
    by_place.concat()
}
