# title: compressors replace files, each in its own way
. "${0%/*}/../case.sh"
set -e
need xz bzip2
doing 'R a' 'C a.xz' 'W a.xz' 'D a' -- xz a
doing 'R a.xz' 'C a' 'W a' 'D a.xz' -- xz -d a.xz
doing 'R b' 'C b.bz2' 'W b.bz2' 'D b' -- bzip2 b
doing 'R b.bz2' -- bzip2 -dc b.bz2
job 'in a' 'out a' 'tmp a.xz' '[int a.xz]' 'in b' 'out b.bz2' 'int b.bz2' 'del b'
