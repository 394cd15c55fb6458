/* What the programs in the kernel tell a run's follower, through the run's ring: this head, then its texts. Both ends are built together. */
#ifndef ROAR_EVENT_H
#define ROAR_EVENT_H

enum event_kind {
  EVENT_BEGIN = 1, EVENT_FORK, EVENT_EXEC, EVENT_EXIT, EVENT_FILE, EVENT_ALIAS, EVENT_RENAME, EVENT_LINK, EVENT_SYMLINK, EVENT_UNLINK, EVENT_MKDIR,
  EVENT_MAKE, EVENT_TRUNCATE, EVENT_END, EVENT_RING_DONE, EVENT_RING_SILENT,
};

enum event_flag {
  EVENT_CUT = 1,       /* a text was longer than there is room for */
  EVENT_FOREIGN = 2,   /* another mount namespace than the run's: text 0 is the path inside its file system */
  EVENT_KILLED = 4,    /* of EXIT: by a signal */
  EVENT_UNREAD = 8,    /* a text could not be read */
  EVENT_FOREIGN_2 = 16,
  EVENT_DUMPED = 64,   /* of EXIT: the kernel has written a core dump; text 0 is where the process stood */
  EVENT_TRACED = 128,  /* the kernel tells whom a call touches: with no candidate nothing has changed, on file systems that keep their times themselves */
  EVENT_PENDING = 32,  /* asked of io_uring: counts when RING_DONE says so */
};

/* Texts: a base (the components of a directory's path, last one first, each with a slash behind it) and a name as the program gave it; twice. Of EXEC, the root, too. */
enum event_text { TEXT_BASE, TEXT_NAME, TEXT_BASE_2, TEXT_NAME_2, TEXT_ROOT, TEXTS };

/* A file whose change time a call set: the one that was moved, linked or removed is among them, and the directories that it did so in. */
struct candidate {
  unsigned long long ino, size, mtime_ns, ctime_ns;
  unsigned int device, magic, generation, mode, links, dead;
  unsigned int parent, name_length; /* `parent`: which candidate the name is in, counted from 1; 0: no name */
  char name[60];
};
enum { CANDIDATES = 6 };

struct event {
  unsigned int size; /* with its texts */
  unsigned short kind, flags;
  unsigned long long sequence; /* of the run; without a hole but for what was dropped */
  unsigned int pid, parent;
  unsigned int access, mode, links, device;
  unsigned long long ino, file_size, mtime_ns, ctime_ns;
  unsigned int magic, generation; /* of the file system; of the inode: numbers come again, these with them do not */
  int value;          /* EXIT: status; RENAME: flags; UNLINK: of a directory; RING_DONE: result */
  unsigned long long key; /* EVENT_PENDING, RING_DONE: which request */
  unsigned int starts[TEXTS], lengths[TEXTS];
  unsigned int candidates; /* in front of the texts */
};

/* Per run and processor; in every moment seen = sent + repeated + kept + dropped. */
struct counts {
  unsigned long long seen, sent, repeated, kept, dropped;
};

/* Where an event waits that found the ring full; bigger ones are dropped. */
enum { KEPT_BYTES = 1024 };
struct kept_key { unsigned int slot, unused; unsigned long long sequence; };

enum { MOST_RUNS = 64, RUN_MAGIC = 0x726f6172 /* prctl's option by which a process joins a run */ };

/* What roard tells the kernel of a run, and the kernel keeps of it. */
struct run {
  unsigned long long secret[2];
  unsigned long long number; /* nobody else's as long as the programs are loaded: slots come again */
  unsigned long long next; /* sequence */
  unsigned long long mounts; /* the mount namespace of the process that joined */
  unsigned int open, live, level, uid;
  unsigned int first, orphaned; /* the process that joined, and whether it has ended */
};
#endif
