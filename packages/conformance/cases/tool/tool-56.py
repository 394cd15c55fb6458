# title: python looks for a library by ldconfig, a static program of the system's that lists the loader's cache
# owed: E=Y P=Y T=Y
import ctypes.util
import os

with open('a') as file:
    file.read()
assert ctypes.util.find_library('c')
with open(os.environ['CASE_EXPECT'], 'a') as say:
    print(os.getpid(), 'R a', file=say)
    print('job', 'in a', file=say)
