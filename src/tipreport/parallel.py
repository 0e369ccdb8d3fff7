"""Work in several processes, results in the order of the things; a worker never outlives the process that wants it.

One bad thing stops no other. What a worker raises, and the end of a worker that dies at it (killed, out of memory, a fault of
a library), is the result of that thing alone: the thing at which a worker died is done again while nothing else is, and given
up if a worker dies at it then too. Memory does not grow with the number of things: few are under way at a time, and results
that wait for an earlier one are bounded in bytes.

Each worker has two pipes of its own, of which this process keeps one end only: one that is killed in the midst of a result
ends its pipe. The executor of the standard library shares one pipe of results among all and keeps both its ends, so that a
worker killed while it writes leaves a thread that reads for ever (Python 3.11 to 3.13).
"""

from __future__ import annotations

import os
import signal
from collections import deque
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

from tipreport import guard
from tipreport.errors import TipreportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

MANY = 8  # things from which on several processes pay
_HELD = 64 << 20  # bytes of results that may wait for an earlier one
_SMALL = 4096  # bytes of a thing that a pipe takes whole while its worker is at another one
_AHEAD = 2  # things under way for each worker: one that it does, and a small one that waits for it

_DEBUG = "set TIPREPORT_DEBUG=1 for the traceback and report it"
_SMALLER = "give smaller files or fewer jobs"


class DiedError(TipreportError):
    """A worker died at something that has no ``lost`` to tell of it; the message says how."""


def processes(jobs: int | None, things: int) -> int:
    """How many processes: as asked (0: one a core), else as many as pay."""
    cores = os.cpu_count() or 1
    wanted = jobs if jobs is not None else 1 if things < MANY else 0
    return min(wanted or cores, things, 4 * cores)


def mapped(
    work: Callable[[T], R], things: Sequence[T], jobs: int | None = None, *, lost: Callable[[T, str, str], R] | None = None,
    here: bool = False,
) -> Iterator[R]:  # fmt: skip
    """``work`` done on each of the things, in their order. What is given, what comes back and what is raised must pickle.

    Args:
        work: raises a ``TipreportError`` where nothing more shall be done.
        things: to do it on.
        jobs: processes; 0 takes one a core, None as many as pay.
        lost: makes the result of a thing that could not be done, of a reason and a hint; without it the fault is raised.
        here: in this process, as what reads standard input must be. Else many things are done in another one even by one
            job: a fault of a library that ends a process must not end the run.

    Raises:
        DiedError: a worker died, and there is no ``lost``.
    """
    count = processes(jobs, len(things))
    pool = None if here or (count <= 1 and len(things) < MANY) else _pool(work, things, count, lost)
    if pool is None:
        yield from (_done(work, thing, lost if len(things) > 1 else None) for thing in things)
        return
    try:
        yield from pool.results()
    except BaseException:  # Ctrl-C, or nobody wants the rest: what is under way is not waited for
        pool.end(kill=True)
        raise
    pool.end()


def apart(work: Callable[[T], R], thing: T) -> R:
    """``work`` done on one thing in a process that can be ended: this one where it is a worker already, else one of its own.

    Where no process can be forked it is done in this one, without bounds.

    Raises:
        DiedError: the process died.
    """
    from multiprocessing import get_start_method, parent_process  # noqa: PLC0415

    if parent_process() is not None or get_start_method() != "fork":
        return work(thing)
    try:
        worker = _Worker(work, None)
    except OSError:  # the system has no process to give
        return work(thing)
    try:
        worker.give(0, _pickled(thing))
        return _opened(worker.take())
    except EOFError:
        raise DiedError(*worker.fate()) from None
    finally:
        worker.end(kill=True)


def _pool(work: Callable[[T], R], things: Sequence[T], count: int, lost: Callable[[T, str, str], R] | None) -> _Pool[T, R] | None:
    """Workers; None where the system has none to give."""
    try:
        return _Pool(work, things, count, lost)
    except (ImportError, NotImplementedError, OSError):
        return None


class _Worker:
    """A process, a pipe to it and a pipe from it, and the things that it has under way."""

    def __init__(self, work: Callable[[T], R], lost: Callable[[T, str, str], R] | None) -> None:
        from multiprocessing import Pipe, Process  # noqa: PLC0415 (only many things pay for it)

        theirs, self.to = Pipe(duplex=False)
        self.out, their_out = Pipe(duplex=False)
        self.at: deque[int] = deque()
        self.process = Process(target=_serve, args=(theirs, their_out, work, lost), daemon=True)
        try:
            with _unbroken():
                self.process.start()
        except BaseException:
            self.end(kill=True)
            raise
        finally:
            theirs.close()
            their_out.close()

    def give(self, place: int, thing: bytes) -> None:
        """Give it a thing; one that is dead is found when its result is taken."""
        self.at.append(place)
        with suppress(OSError):
            self.to.send_bytes(thing)

    def take(self) -> bytes:
        """The next result, waited for.

        Raises:
            EOFError: the worker died.
        """
        try:
            return self.out.recv_bytes()
        except OSError as error:  # in the midst of a result
            raise EOFError from error

    def fate(self) -> tuple[str, str]:
        """How a dead worker ended, and what to do."""
        self.process.join()
        code = self.process.exitcode or 0
        if code in guard.REASONS:
            return guard.REASONS[code], guard.HINT
        name = next((one.name for one in signal.Signals if one == -code), None)
        return f"the process that read it {f'was ended by {name}' if name else 'ended'}", _SMALLER

    def end(self, *, kill: bool = False) -> None:
        """End it: at once, or when it has done what it was given."""
        if self.process.pid is not None:
            if kill:
                self.process.kill()
            with suppress(OSError):
                self.to.send_bytes(b"")
            self.process.join()
        self.to.close()
        self.out.close()


class _Pool(Generic[T, R]):
    """Workers, and the results that wait for their turn."""

    def __init__(self, work: Callable[[T], R], things: Sequence[T], count: int, lost: Callable[[T, str, str], R] | None) -> None:
        self.work, self.things, self.count, self.lost = work, things, count, lost
        self.workers = [_Worker(work, lost)]
        self.waiting: dict[int, bytes] = {}
        self.again: deque[int] = deque()  # given to a worker that died before it began them
        self.held = self.fed = 0

    def results(self) -> Iterator[R]:
        """The results in the order of the things."""
        for place in range(len(self.things)):
            while True:
                self._feed(place)
                self._take(wait=place not in self.waiting)
                if place in self.waiting:
                    break
            found = self.waiting.pop(place)
            self.held -= len(found)
            yield _opened(found)

    def _feed(self, place: int) -> None:
        """Give the workers something to do; ``place`` is whose turn it is."""
        while self.again or (self.fed < len(self.things) and (self.held < _HELD or self.fed == place)):
            given = self.again[0] if self.again else self.fed
            thing = _pickled(self.things[given])
            worker = self._free(len(thing))
            if worker is None:
                return
            worker.give(given, thing)
            if self.again:
                self.again.popleft()
            else:
                self.fed += 1

    def _free(self, size: int) -> _Worker | None:
        """A worker that can be given a thing of so many bytes: one that has nothing, a new one, or one that the thing can wait for."""
        idle = min(self.workers, key=lambda one: len(one.at), default=None)
        if idle is not None and not idle.at:
            return idle
        if len(self.workers) < self.count:
            try:
                self.workers.append(_Worker(self.work, self.lost))
            except OSError:  # the system has no more to give
                if not self.workers:
                    raise
                self.count = len(self.workers)
            else:
                return self.workers[-1]
        return idle if idle is not None and size <= _SMALL and len(idle.at) < _AHEAD else None

    def _take(self, *, wait: bool) -> None:
        """Take what is done; where nothing is and it is waited for, what is done first."""
        from multiprocessing.connection import wait as first  # noqa: PLC0415

        busy = {worker.out: worker for worker in self.workers if worker.at}
        for out in first(list(busy), None if wait else 0):
            worker = busy[out]  # type: ignore[index]
            try:
                result = worker.take()
            except EOFError:
                self._died(worker)
                return  # the others have been waited for
            self._keep(worker.at.popleft(), result)

    def _keep(self, place: int, result: bytes) -> None:
        self.waiting[place] = result
        self.held += len(result)

    def _died(self, worker: _Worker) -> None:
        """Do the thing again at which a worker died, when nothing else is under way: it may have been short of memory."""
        self.workers.remove(worker)
        if self.lost is None:
            raise DiedError(*worker.fate())
        place = worker.at.popleft()
        self.again.extend(worker.at)
        worker.end(kill=True)
        while any(one.at for one in self.workers):
            self._take(wait=True)
        alone = _Worker(self.work, self.lost)
        try:
            alone.give(place, _pickled(self.things[place]))
            self._keep(place, alone.take())
        except EOFError:
            self._keep(place, _pickled((self.lost(self.things[place], *alone.fate()), None)))
        finally:
            alone.end(kill=True)

    def end(self, *, kill: bool = False) -> None:
        """End the workers: at once, whatever they have under way, or when they are done."""
        if kill:
            for worker in self.workers:
                worker.process.kill()
        for worker in self.workers:
            worker.end(kill=kill)


@contextmanager
def _unbroken() -> Iterator[None]:
    """Hold Ctrl-C back while a process begins; it comes when that is done.

    What it raises in a handler of a fork is printed and lost.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where nothing forks
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _done(work: Callable[[T], R], thing: T, lost: Callable[[T, str, str], R] | None) -> R:
    """The result of a thing; whatever goes wrong with it is one too."""
    if lost is None:
        return work(thing)
    try:
        return work(thing)
    except TipreportError:
        raise
    except MemoryError:
        return lost(thing, "out of memory", _SMALLER)
    except Exception as error:
        if os.environ.get("TIPREPORT_DEBUG"):
            raise
        return lost(thing, f"a fault of tipreport: {type(error).__name__}: {error}", _DEBUG)


def _pickled(result: object) -> bytes:
    from multiprocessing.reduction import ForkingPickler  # noqa: PLC0415 (what carries things between processes anyway)

    return bytes(ForkingPickler.dumps(result))


def _opened(found: bytes) -> R:  # type: ignore[type-var]  # whoever gave the work knows what it makes
    """The result that a worker pickled; what was raised there is raised here."""
    from multiprocessing.reduction import ForkingPickler  # noqa: PLC0415

    result, error = ForkingPickler.loads(found)
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def _serve(things: Connection, results: Connection, work: Callable[[T], R], lost: Callable[[T, str, str], R] | None) -> None:
    """What a worker does: it leaves Ctrl-C to the process that started it, ends when that is gone, and does thing after thing."""
    _begin()

    def made(thing: T) -> bytes:  # pickled within: one that does not pickle is lost as one that cannot be done
        return _pickled((work(thing), None))

    def given_up(thing: T, reason: str, hint: str) -> bytes:
        assert lost is not None
        return _pickled((lost(thing, reason, hint), None))

    from multiprocessing.reduction import ForkingPickler  # noqa: PLC0415

    while given := things.recv_bytes():
        try:
            found = _done(made, ForkingPickler.loads(given), given_up if lost is not None else None)
        except Exception as error:  # noqa: BLE001 (it is raised where the work was asked for)
            found = _pickled((None, error))
        results.send_bytes(found)


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one, and end when it is gone."""
    from multiprocessing import parent_process  # noqa: PLC0415
    from multiprocessing.connection import wait  # noqa: PLC0415
    from threading import Thread  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(
            signal.SIG_UNBLOCK, {signal.SIGINT}
        )  # it was held back while this process began; what this one starts shall hear it
    guard.arm()
    parent = parent_process()
    if parent is not None:

        def watch(sentinel: int) -> None:
            wait([sentinel])
            os._exit(1)

        Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
