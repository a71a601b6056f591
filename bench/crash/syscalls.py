"""The system calls by which a process changes the disk: counted, cut off by SIGKILL, or failing as a bad disk fails.

A forked child is traced by its parent (ptrace; a seccomp filter stops it at these calls alone), so whatever writes is
caught where the kernel is asked to: Python, numpy and SQLite alike. Linux on x86-64 only.
"""

import contextlib
import ctypes
import errno
import os
import platform
import signal
import struct
import sys
import tempfile
from collections.abc import Callable
from typing import IO, Any, Literal, NoReturn, TypeAlias

import msgspec

Kind: TypeAlias = Literal["kill", "torn", "full", "error", "short"]
"""kill: SIGKILL before the call. torn: SIGKILL after half a write. full: this call and all later ones that need space
fail with ENOSPC. error: this call alone fails with EIO. short: half a write is done, then the disk is full."""

# arch/x86/entry/syscalls/syscall_64.tbl
_WRITES = {1: "write", 18: "pwrite", 20: "writev", 40: "sendfile", 296: "pwritev", 326: "copy_file_range"}
_HALVED = {1, 18}
"""Those whose third argument is a number of bytes."""
_SPACE = {77: "ftruncate", 83: "mkdir", 258: "mkdirat", 285: "fallocate"}
_OTHERS = {
    74: "fsync", 75: "fdatasync", 76: "truncate", 82: "rename", 84: "rmdir", 86: "link", 87: "unlink",
    263: "unlinkat", 264: "renameat", 265: "linkat", 280: "utimensat", 316: "renameat2",
}  # fmt: skip
_OPEN, _OPENAT = 2, 257
_NAMES = _WRITES | _SPACE | _OTHERS | {_OPEN: "create", _OPENAT: "create"}

# <sys/ptrace.h>, <linux/prctl.h>, <linux/seccomp.h>, <linux/bpf_common.h>
_TRACEME, _CONTINUE, _TO_EXIT, _GETREGS, _SETREGS, _SETOPTIONS = 0, 7, 24, 12, 13, 0x4200
_OPTIONS = 0x100081
"""PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD"""
_AT_CALL, _AFTER_CALL = signal.SIGTRAP | 7 << 8, signal.SIGTRAP | 0x80
_PR_NO_NEW_PRIVS, _PR_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _TRACE = 0x7FFF0000, 0x7FF00000
_STANDARD_STREAMS = 3


_REGISTERS = (
    "r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax rip cs eflags rsp ss fs_base gs_base "
    "ds es fs gs"
)


class _Registers(ctypes.Structure):
    """`struct user_regs_struct` of <sys/user.h>."""

    _fields_ = [(name, ctypes.c_ulong) for name in _REGISTERS.split()]


class Fault(msgspec.Struct, frozen=True):
    """What goes wrong, and at which step (from 0)."""

    kind: Kind
    step: int


class Ran(msgspec.Struct, frozen=True):
    """How a child ended."""

    code: int
    """Exit status; negative the signal that ended it."""
    output: str
    """What it printed, errors too."""
    steps: list[str]
    """Names of the calls it made or was about to make."""
    struck: bool
    """Whether the fault came to pass; not where the work ended before, or where that step cannot fail this way."""


def supported() -> bool:
    """Whether this machine can trace."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return False
    return _ptrace_works()


def _ptrace_works() -> bool:
    try:
        return traced(lambda: None).code == 0
    except OSError:
        return False


def traced(work: Callable[[], object], fault: Fault | None = None) -> Ran:
    """Do the work in a child; `SystemExit` gives its exit status.

    Raises:
        OSError: this process may not trace.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        pid = os.fork()
        if not pid:
            _child(work, output)
        tracer = _Tracer(pid, fault)
        code = tracer.follow()
        output.seek(0)
        return Ran(code, output.read(), tracer.steps, tracer.struck)


def _child(work: Callable[[], object], output: IO[str]) -> NoReturn:
    code = 70
    try:
        for stream in (1, 2):
            os.dup2(output.fileno(), stream)
        sys.stdout = sys.stderr = os.fdopen(1, "w", buffering=1)
        _ptrace(_TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        _stop_at(sorted(_NAMES))
        code = _status(work)
    finally:
        os._exit(code)


def _status(work: Callable[[], object]) -> int:
    try:
        work()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 70
    return 0


class _Tracer:
    """Follows one child from call to call."""

    def __init__(self, pid: int, fault: Fault | None) -> None:
        self.steps: list[str] = []
        self.struck = False
        self._pid = pid
        self._fault = fault
        self._full = False

    def follow(self) -> int:
        """Let the child run to its end; its exit status."""
        _, status = os.waitpid(self._pid, 0)
        if os.WIFSTOPPED(status):
            _ptrace(_SETOPTIONS, self._pid, _OPTIONS)
        after: Callable[[], None] | None = None
        signalled = 0
        while os.WIFSTOPPED(status):
            with contextlib.suppress(ProcessLookupError):  # it was killed while it stood still
                _ptrace(_CONTINUE if after is None else _TO_EXIT, self._pid, signalled)
            _, status = os.waitpid(self._pid, 0)
            if not os.WIFSTOPPED(status):
                break
            signalled, event = 0, status >> 8
            if event == _AT_CALL:
                after = self._enter()
            elif event == _AFTER_CALL and after is not None:
                after()
                after = None
            else:
                signalled = os.WSTOPSIG(status)
        return os.waitstatus_to_exitcode(status)

    def _enter(self) -> Callable[[], None] | None:
        """Look at a call before it is made; what to do when it was, if anything."""
        registers = self._registers()
        call = registers.orig_rax
        if not _changes_the_disk(registers):
            return None
        at = len(self.steps)
        self.steps.append(_NAMES[call])
        if self._full and _needs_space(call):
            return self._fail(registers, errno.ENOSPC)
        if self._fault is None or at != self._fault.step:
            return None
        return self._strike(self._fault.kind, registers)

    def _strike(self, kind: Kind, registers: _Registers) -> Callable[[], None] | None:
        call = registers.orig_rax
        half = call in _HALVED and registers.rdx > 1
        if (kind in {"torn", "short"} and not half) or (kind == "full" and not _needs_space(call)):
            return None
        self.struck = True
        if kind == "kill":
            os.kill(self._pid, signal.SIGKILL)
            return None
        if kind == "error":
            return self._fail(registers, errno.EIO)
        self._full = kind != "torn"
        if kind == "full":
            return self._fail(registers, errno.ENOSPC)
        registers.rdx //= 2
        _ptrace(_SETREGS, self._pid, ctypes.byref(registers))
        return (lambda: os.kill(self._pid, signal.SIGKILL)) if kind == "torn" else None

    def _fail(self, registers: _Registers, number: int) -> Callable[[], None]:
        registers.orig_rax = ctypes.c_ulong(-1).value  # no such call: the kernel does nothing
        _ptrace(_SETREGS, self._pid, ctypes.byref(registers))

        def answer() -> None:
            registers = self._registers()
            registers.rax = ctypes.c_ulong(-number).value
            _ptrace(_SETREGS, self._pid, ctypes.byref(registers))

        return answer

    def _registers(self) -> _Registers:
        registers = _Registers()
        _ptrace(_GETREGS, self._pid, ctypes.byref(registers))
        return registers


def _changes_the_disk(registers: _Registers) -> bool:
    call = registers.orig_rax
    if call in _WRITES:
        return bool(registers.rdi >= _STANDARD_STREAMS)
    if call in {_OPEN, _OPENAT}:
        return bool((registers.rsi if call == _OPEN else registers.rdx) & (os.O_CREAT | os.O_TRUNC))
    return call in _NAMES


def _needs_space(call: int) -> bool:
    return call in _WRITES or call in _SPACE or call in {_OPEN, _OPENAT}


_libc: Any = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


def _stop_at(calls: list[int]) -> None:
    """Have the kernel stop this process at these calls from now on."""
    last = len(calls)
    code = [(_LOAD, 0, 0, 0), *((_IF_EQUAL, last - at, 0, call) for at, call in enumerate(calls))]
    code += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _TRACE)]
    text = b"".join(struct.pack("HBBI", *instruction) for instruction in code)
    program = struct.pack("HxxxxxxP", len(code), ctypes.addressof(kept := ctypes.create_string_buffer(text)))
    for request in ((_PR_NO_NEW_PRIVS, 1, 0), (_PR_SECCOMP, _FILTER, program)):
        if _libc.prctl(*request, 0, 0):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    del kept


def _ptrace(request: int, pid: int, data: Any = None) -> None:
    if _libc.ptrace(request, pid, None, data) == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
