/*
 * Two entries that C cannot have. A vfork child returns on its parent's stack, so the frame of a C function would be gone when the parent
 * returns through it; and a clone made by syscall() may return on another stack.
 */
	/* Without it the symbols name the compiler's object of the moment, and no two builds are the same. */
	.file "entry.S"
#if defined(__x86_64__)

	.text
	.globl vfork
	.type vfork, @function
vfork:
	endbr64
	subq $8, %rsp
	call about_to_fork
	addq $8, %rsp
	popq %rdi
	lock incl sharing_memory(%rip)
3:	movl $58, %eax
	syscall
	testq %rax, %rax
	je 1f
	cmpq $-4, %rax
	jne 4f
	cmpb $0, supervised(%rip)
	jne 3b
4:	lock decl sharing_memory(%rip)
1:	pushq %rdi
	cmpq $-4095, %rax
	jae roar_set_error
	ret
	.size vfork, .-vfork
	.globl __vfork
	.set __vfork, vfork

	.globl syscall
	.type syscall, @function
syscall:
	endbr64
	cmpq $56, %rdi
	je 2f
	cmpq $57, %rdi
	je 2f
	cmpq $58, %rdi
	je 2f
	cmpq $435, %rdi
	je 2f
	jmp syscall_decoded
2:	pushq %rdi
	pushq %rsi
	pushq %rdx
	pushq %rcx
	pushq %r8
	pushq %r9
	subq $8, %rsp
	call about_to_fork
	addq $8, %rsp
	popq %r9
	popq %r8
	popq %rcx
	popq %rdx
	popq %rsi
	popq %rdi
	movb $1, descriptors_shared(%rip)
	movl $1048576, sharing_memory(%rip)
	movq %rdi, %rax
	movq %rsi, %rdi
	movq %rdx, %rsi
	movq %rcx, %rdx
	movq %r8, %r10
	movq %r9, %r8
	movq 8(%rsp), %r9
	syscall
	cmpq $-4095, %rax
	jae roar_set_error
	ret
	.size syscall, .-syscall

roar_set_error:
	negl %eax
	pushq %rax
	call __errno_location@PLT
	popq %rdx
	movl %edx, (%rax)
	movq $-1, %rax
	ret

/* Copied to a page of its own (supervised.c): number and words as a function's, made a system call, with the instruction's end at byte 32. */
	.globl roar_stub_begin
	.hidden roar_stub_begin
roar_stub_begin:
	endbr64
	movq %rdi, %rax
	movq %rsi, %rdi
	movq %rdx, %rsi
	movq %rcx, %rdx
	movq %r8, %r10
	movq %r9, %r8
	movq 8(%rsp), %r9
	.org roar_stub_begin + 30, 0x90
	syscall
	ret
	.globl roar_stub_end
	.hidden roar_stub_end
roar_stub_end:

#elif defined(__aarch64__)

	.text
	.globl vfork
	.type vfork, %function
vfork:
	stp x29, x30, [sp, #-16]!
	bl about_to_fork
	ldp x29, x30, [sp], #16
	adrp x2, sharing_memory
	add x2, x2, :lo12:sharing_memory
	ldr w3, [x2]
	add w3, w3, #1
	str w3, [x2]
3:	mov x0, #0x4111
	mov x1, #0
	mov x8, #220
	svc #0
	cbz x0, 1f
	cmn x0, #4
	b.ne 4f
	adrp x5, supervised
	ldrb w5, [x5, :lo12:supervised]
	cbnz w5, 3b
4:	ldr w3, [x2]
	sub w3, w3, #1
	str w3, [x2]
1:	cmn x0, #4095
	b.cs roar_set_error
	ret
	.size vfork, .-vfork
	.globl __vfork
	.set __vfork, vfork

	.globl syscall
	.type syscall, %function
syscall:
	cmp x0, #220
	b.eq 2f
	cmp x0, #435
	b.eq 2f
	b syscall_decoded
2:	stp x29, x30, [sp, #-80]!
	stp x0, x1, [sp, #16]
	stp x2, x3, [sp, #32]
	stp x4, x5, [sp, #48]
	str x6, [sp, #64]
	bl about_to_fork
	ldp x0, x1, [sp, #16]
	ldp x2, x3, [sp, #32]
	ldp x4, x5, [sp, #48]
	ldr x6, [sp, #64]
	ldp x29, x30, [sp], #80
	mov w10, #1
	adrp x9, descriptors_shared
	strb w10, [x9, :lo12:descriptors_shared]
	adrp x9, sharing_memory
	mov w10, #0x100000
	str w10, [x9, :lo12:sharing_memory]
	mov x8, x0
	mov x0, x1
	mov x1, x2
	mov x2, x3
	mov x3, x4
	mov x4, x5
	mov x5, x6
	svc #0
	cmn x0, #4095
	b.cs roar_set_error
	ret
	.size syscall, .-syscall

roar_set_error:
	stp x29, x30, [sp, #-32]!
	str x0, [sp, #16]
	bl __errno_location
	ldr x1, [sp, #16]
	neg w1, w1
	str w1, [x0]
	mov x0, #-1
	ldp x29, x30, [sp], #32
	ret

	.globl roar_stub_begin
	.hidden roar_stub_begin
roar_stub_begin:
	mov x8, x0
	mov x0, x1
	mov x1, x2
	mov x2, x3
	mov x3, x4
	mov x4, x5
	mov x5, x6
	svc #0
	ret
	.globl roar_stub_end
	.hidden roar_stub_end
roar_stub_end:

#endif
	.section .note.GNU-stack, "", @progbits
