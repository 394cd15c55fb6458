# title: a database with a write-ahead log leaves one file
. "${0%/*}/../case.sh"
set -e
need sqlite3
doing 'C n' 'W n' 'R n' 'C n-wal' 'W n-wal' 'R n-wal' 'D n-wal' 'C n-shm' 'W n-shm' 'R n-shm' 'D n-shm' 'C n-journal' 'W n-journal' 'R n-journal' 'D n-journal' -- sqlite3 n 'pragma journal_mode=wal; create table t(x); insert into t values (1)'
job 'out n' 'int n' 'tmp n-wal' 'tmp n-shm' 'tmp n-journal'
