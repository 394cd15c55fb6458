# title: a program that the job itself builds and runs is no input
. "${0%/*}/../case.sh"
set -e
need cc
echo 'int main(void) { return 0; }' > m.c
fact 'C m.c' 'W m.c'
cc m.c -o p
any 'R m.c' 'C p' 'W p' '[R p]'
doing 'X p' 'R p' -- ./p
job 'out m.c' 'int m.c' 'out p' 'int p'
