// title: a Rust program reads, copies, links and renames through libc
use std::io::{Read, Write};
use std::{env, fs, process};

fn main() {
    let mut text = String::new();
    fs::File::open("a").unwrap().read_to_string(&mut text).unwrap();
    fs::write("n", &text).unwrap();
    fs::copy("b", "c").unwrap();
    fs::hard_link("n", "h").unwrap();
    fs::rename("c", "e").unwrap();
    let reader = std::thread::spawn(|| fs::read("d/x").unwrap());
    reader.join().unwrap();
    let path = env::var("CASE_EXPECT").unwrap();
    let mut say = fs::OpenOptions::new().append(true).create(true).open(path).unwrap();
    for fact in ["R a", "C n", "W n", "R b", "C c", "W c", "L n>h", "M c>e", "R d/x"] {
        writeln!(say, "{} {}", process::id(), fact).unwrap();
    }
    for line in ["in a", "in b", "in d/x", "out n", "name h>n", "out e", "tmp c"] {
        writeln!(say, "job {}", line).unwrap();
    }
}
