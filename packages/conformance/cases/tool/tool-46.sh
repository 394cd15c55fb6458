# title: thirty recipes at the same time make one union of their files
. "${0%/*}/../case.sh"
set -e
need make
printf 'all: $(addprefix n,$(shell seq 30))\nn%%: a\n\t@cp $< $@\n' > Makefile
fact 'C Makefile' 'W Makefile'
make -j8
any 'R Makefile' 'R a'
job 'out Makefile' 'int Makefile' 'in a'
for i in $(seq 30); do
  any "C n$i" "W n$i"
  job "out n$i"
done
