/*
 * Everything that the parts of the library share. Rules of this directory: no heap, no stdio, no locks, no thread-local storage, no libc for our
 * own work; errno is saved; every loop is bounded; nothing of ours stays open in the program.
 *
 * Why so strict: a hook may run in a signal handler, in a vfork child that borrows its parent's memory, in a thread with 16 KiB of stack, before libc has begun and behind
 * its end, and in a program that counts its descriptors. What cannot be done under these rules is left to the recorder.
 */
#ifndef ROAR_H
#define ROAR_H

#include "descriptors.h"
#include "facts.h"
#include "life.h"
#include "paths.h"
#include "programs.h"
#include "resolve.h"
#include "touch.h"

#endif
