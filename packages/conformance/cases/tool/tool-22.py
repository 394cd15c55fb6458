# title: what a child of python does is seen although it starts with no descriptor but three
import os
import subprocess

child = subprocess.Popen(['cp', 'a', 'n'], close_fds=True)
assert child.wait() == 0
with open(os.environ['CASE_EXPECT'], 'a') as say:
    for fact in ('R a', 'C n', 'W n'):
        print(child.pid, fact, file=say)
    for line in ('in a', 'out n'):
        print('job', line, file=say)
