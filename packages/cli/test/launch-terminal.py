"""Runs a program on a terminal of its own and plays the person before it: launch-terminal.py STEPS PROGRAM ARGUMENTS...

STEPS is a JSON list of ["expect", regex], ["send", text], ["resize", rows, columns], ["pause", seconds] and
["signal", number], which is sent to the program.
Prints JSON: the transcript, the exit code, and which step waited in vain.
"""
import fcntl, json, os, pty, re, select, struct, sys, termios, time

PATIENCE = 15


class Screen:
    def __init__(self, fd):
        self.fd, self.text, self.seen = fd, "", 0

    def read(self, seconds):
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            got = os.read(self.fd, 65536)
        except OSError:  # EIO: nobody has the terminal open any more.
            got = b""
        self.text += got.decode("latin1")
        return bool(got)

    def expect(self, pattern):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = re.compile(pattern).search(self.text, self.seen)
            if found:
                self.seen = found.end()
                return True
            if not self.read(0.2) and not re.compile(pattern).search(self.text, self.seen):
                return False
        return False


def play(screen, steps, pid):
    for step in steps:
        kind, *rest = step
        if kind == "expect" and not screen.expect(*rest):
            return step
        if kind == "send":
            os.write(screen.fd, rest[0].encode())
        if kind == "resize":
            fcntl.ioctl(screen.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *rest, 0, 0))
        if kind == "pause":
            time.sleep(*rest)
        if kind == "signal":
            os.kill(pid, *rest)
    return None


def drain(screen):
    """Until the program has let go of the terminal; what takes longer than our patience is ended."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not screen.read(0.2):
            return None
    return ["end"]


def main():
    pid, fd = pty.fork()
    if pid == 0:
        os.execvp(sys.argv[2], sys.argv[2:])
    screen = Screen(fd)
    vain = play(screen, json.loads(sys.argv[1]), pid) or drain(screen)
    if vain is not None:
        os.kill(pid, 9)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    print(json.dumps({"text": screen.text, "code": code, "vain": vain}))


main()
