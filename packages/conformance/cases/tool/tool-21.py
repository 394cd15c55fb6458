# title: python opens, copies and replaces
import os
import shutil

with open('a') as file:
    file.read()
shutil.copyfile('b', 'n')
with open('t', 'w') as file:
    file.write('new')
os.replace('t', 'c')
with open(os.environ['CASE_EXPECT'], 'a') as say:
    for fact in ('R a', 'R b', 'C n', 'W n', 'C t', 'W t', 'M t>c'):
        print(os.getpid(), fact, file=say)
    for line in ('in a', 'in b', 'out n', 'out c', 'tmp t'):
        print('job', line, file=say)
