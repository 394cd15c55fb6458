# title: a file that the shell makes for a program's output is made by the shell, and written by the program
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'W n' -- cat a > n
fact 'C n'
job 'in a' 'out n'
