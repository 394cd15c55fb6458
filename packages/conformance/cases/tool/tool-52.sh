# title: an archive of objects is made, indexed and linked
. "${0%/*}/../case.sh"
set -e
need cc ar
echo 'int f(void) { return 0; }' > f.c
echo 'int f(void); int main(void) { return f(); }' > m.c
fact 'C f.c' 'W f.c' 'C m.c' 'W m.c'
cc -c f.c
ar rcs l.a f.o
cc m.c l.a -o p
any 'R f.c' 'R m.c' 'C f.o' 'W f.o' 'R f.o' 'C p' 'W p' '[R p]' 'R l.a'
# Written under a temporary name, then copied to its own.
any 'C l.a' 'W l.a' '[~C st??????]' '[~W st??????]' '[~R st??????]' '[~D st??????]'
job 'out f.c' 'out m.c' 'int f.c' 'int m.c' 'out f.o' 'int f.o' 'out p' '[int p]' 'out l.a' 'int l.a' '[~tmp st??????]' '[~int st??????]'
