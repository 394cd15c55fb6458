#!/bin/sh
# Predicts the birds that the model has not seen, and counts how often it is right.
set -eu
node predict.mjs < work/test.csv > work/predictions.csv
awk -F, '
  { total[$1]++; if ($1 == $2) { right[$1]++; all++ } }
  END {
    for (species in total) printf "%-10s %3d of %3d\n", species, right[species], total[species] | "sort"
    close("sort")
    printf "%-10s %.1f %%\n", "accuracy", 100 * all / NR
  }' work/predictions.csv > work/report.txt
cat work/report.txt
