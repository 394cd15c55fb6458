//! The algorithms that are fed from one read, by the names that records have for them.
use crc_fast::CrcAlgorithm;
use sha1::Digest;

/// One content's digest in the making.
pub trait State: Send {
    fn update(&mut self, bytes: &[u8]);
    /// As many bytes as the algorithm's `length`.
    fn finish(self: Box<Self>) -> Vec<u8>;
}

#[derive(Clone, Copy, PartialEq)]
pub enum Algorithm {
    Blake3,
    Md5,
    Sha1,
    Sha256,
    Sha512,
    GitSha1,
    GitSha256,
    Crc32c,
    Crc64Nvme,
    /// Of a multipart upload with parts of so many bytes.
    S3Etag(u64),
}

use Algorithm::*;

impl Algorithm {
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "blake3" => Blake3,
            "md5" => Md5,
            "sha1" => Sha1,
            "sha256" => Sha256,
            "sha512" => Sha512,
            "git-blob-sha1" => GitSha1,
            "git-blob-sha256" => GitSha256,
            "crc32c" => Crc32c,
            "crc64nvme" => Crc64Nvme,
            _ => S3Etag(part_size(name.strip_prefix("s3-etag-")?)?),
        })
    }

    /// Bytes.
    pub fn length(self) -> usize {
        match self {
            Blake3 | Sha256 | GitSha256 => 32,
            Md5 | S3Etag(_) => 16,
            Sha1 | GitSha1 => 20,
            Sha512 => 64,
            Crc32c => 4,
            Crc64Nvme => 8,
        }
    }

    /// `size`: bytes that will follow. Git puts it in front of them.
    pub fn begin(self, size: u64) -> Box<dyn State> {
        let header = || format!("blob {size}\0");
        match self {
            Blake3 => Box::new(blake3::Hasher::new()),
            Md5 => Box::new(Classic(md5::Md5::new())),
            Sha1 => Box::new(Classic(sha1::Sha1::new())),
            Sha256 => Box::new(Classic(sha2::Sha256::new())),
            Sha512 => Box::new(Classic(sha2::Sha512::new())),
            GitSha1 => Box::new(Classic(sha1::Sha1::new_with_prefix(header()))),
            GitSha256 => Box::new(Classic(sha2::Sha256::new_with_prefix(header()))),
            Crc32c => Box::new(Checksum { state: crc_fast::Digest::new(CrcAlgorithm::Crc32Iscsi), length: 4 }),
            Crc64Nvme => Box::new(Checksum { state: crc_fast::Digest::new(CrcAlgorithm::Crc64Nvme), length: 8 }),
            S3Etag(part) => Box::new(Etag { part, filled: 0, of_part: md5::Md5::new(), of_parts: md5::Md5::new(), whole: 0 }),
        }
    }
}

/// `8m`, `16m`, `512k`, `5242880`; none for what is no size.
fn part_size(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(['k', 'm', 'g']);
    let unit = match &text[digits.len()..] {
        "" => 1,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        _ => return None,
    };
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse::<u64>().ok().filter(|_| plain)?.checked_mul(unit)
}

impl State for blake3::Hasher {
    fn update(&mut self, bytes: &[u8]) {
        blake3::Hasher::update(self, bytes);
    }
    fn finish(self: Box<Self>) -> Vec<u8> {
        self.finalize().as_bytes().to_vec()
    }
}

struct Classic<D: Digest>(D);

impl<D: Digest + Send> State for Classic<D> {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
}

struct Checksum {
    state: crc_fast::Digest,
    length: usize,
}

impl State for Checksum {
    fn update(&mut self, bytes: &[u8]) {
        self.state.update(bytes);
    }
    /// Most significant byte first, as S3 writes them in base64.
    fn finish(self: Box<Self>) -> Vec<u8> {
        self.state.finalize().to_be_bytes()[8 - self.length..].to_vec()
    }
}

/// MD5 of the MD5s of the parts. Clients send what is shorter than a part by one request: then it is the MD5 of the bytes.
struct Etag {
    part: u64,
    filled: u64,
    whole: u64,
    of_part: md5::Md5,
    of_parts: md5::Md5,
}

impl State for Etag {
    fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let length = bytes.len().min((self.part - self.filled) as usize);
            self.of_part.update(&bytes[..length]);
            self.filled += length as u64;
            bytes = &bytes[length..];
            if self.filled == self.part {
                self.of_parts.update(md5::Digest::finalize_reset(&mut self.of_part));
                (self.filled, self.whole) = (0, self.whole + 1);
            }
        }
    }
    fn finish(mut self: Box<Self>) -> Vec<u8> {
        if self.whole == 0 {
            return self.of_part.finalize().to_vec();
        }
        if self.filled > 0 {
            self.of_parts.update(self.of_part.finalize());
        }
        self.of_parts.finalize().to_vec()
    }
}
