# title: a database with a rollback journal leaves one file
. "${0%/*}/../case.sh"
set -e
need sqlite3
doing 'C n' 'W n' '[R n]' 'C n-journal' 'W n-journal' '[R n-journal]' 'D n-journal' -- sqlite3 n 'create table t(x); insert into t values (1)'
doing 'R n' -- sqlite3 n 'select * from t'
job 'out n' 'int n' 'tmp n-journal' '[int n-journal]'
