# What the cases in shell need: to say what they do, and to stop when the machine does not let them. Read by `.` from the case.
#
#     fact 'R a'                       this shell reads a          any 'R a'      some process does
#     doing 'R a' 'C n' -- cp a n      the command does
#     job 'in a' 'out n'               what the core must make of it
#     need ruby rsync                  skipped where one of them is not installed
say() { printf '%s\n' "$@" >> "$CASE_EXPECT"; }
fact() { for fact_ in "$@"; do say "$$ $fact_"; done; }
any() { for fact_ in "$@"; do say "* $fact_"; done; }
job() { for line_ in "$@"; do say "job $line_"; done; }

# The command takes the place of a shell that has stated the facts under its own number.
doing() {
  sh -c 'while [ "$1" != -- ]; do printf "%s\n" "$$ $1"; shift; done >> "$CASE_EXPECT"; shift; exec "$@"' doing "$@"
}

# The machine cannot run this case; the suite counts it with its reason.
skip() { echo "$1"; exit 77; }
need() { for tool_ in "$@"; do command -v "$tool_" > /dev/null || skip "$tool_ is not installed"; done; }
