# title: what a shell itself writes is seen each of fifty times
. "${0%/*}/../case.sh"
set -e
for i in {1..50}; do
  bash -c 'printf "%s\n" "$$ C n$1" "$$ W n$1" >> "$CASE_EXPECT"; echo x > n$1' bash $i
  job "out n$i"
done
