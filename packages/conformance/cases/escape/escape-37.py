# title: what python starts with an environment of its own choice is seen
import os
import subprocess

children = [
    subprocess.Popen(['/bin/cat', 'a'], env={}),
    subprocess.Popen(['/bin/cat', 'a'], env={'LD_PRELOAD': ''}, start_new_session=True),
]
with open(os.environ['CASE_EXPECT'], 'a') as say:
    for child in children:
        assert child.wait() == 0
        print(child.pid, 'R a', file=say)
    print('job in a', file=say)
