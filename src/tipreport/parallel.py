"""Work in several processes, results in the order of the things; a worker never outlives the process that wants it.

One bad thing stops no other. What a worker raises, and the end of a worker that dies at it (killed, out of memory, a fault of
a library), is the result of that thing alone: what was under way when a worker died is done again, one at a time, and the
thing at which a worker dies then too is given up. Memory does not grow with the number of things: few are under way at a
time, and results that wait for an earlier one are bounded in bytes.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import Generic, TypeVar

from tipreport import guard
from tipreport.errors import TipreportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

MANY = 8  # things from which on several processes pay
_AHEAD = 2  # things under way for each process: one that it does, one that waits for it
_HELD = 64 << 20  # bytes of results that may wait for an earlier one
_MOMENT = 0.2  # seconds that the thread of killed workers is waited for

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
    """``work`` done on each of the things, in their order. What is given and what comes back must pickle.

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
        pool.kill()
        raise
    finally:
        pool.end()


def apart(work: Callable[[T], R], thing: T) -> R:
    """``work`` done on one thing in a process that can be ended: this one where it is a worker already, else one of its own.

    Where no process can be forked it is done in this one, without bounds.

    Raises:
        DiedError: the process died.
    """
    from multiprocessing import Pipe, Process, get_start_method, parent_process  # noqa: PLC0415

    if parent_process() is not None or get_start_method() != "fork":
        return work(thing)
    from multiprocessing.reduction import ForkingPickler  # noqa: PLC0415

    receiver, sender = Pipe(duplex=False)
    worker = Process(target=_send, args=(sender, work, thing))
    try:
        with _unbroken():
            worker.start()
    except OSError:  # the system has no process to give
        return work(thing)
    except KeyboardInterrupt:
        worker.terminate()
        raise
    sender.close()
    try:
        result, error = ForkingPickler.loads(receiver.recv_bytes())
    except EOFError:
        worker.join()
        raise DiedError(*_end_of([worker])) from None
    except BaseException:
        worker.terminate()
        raise
    finally:
        receiver.close()
        worker.join()
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def _send(sender: Connection, work: Callable[[T], R], thing: T) -> None:
    """In a process of its own: the result of a thing, or the error that it ends in."""
    _begin(work, None)
    out: tuple[R | None, Exception | None]
    try:
        out = work(thing), None
    except Exception as error:  # noqa: BLE001 (it is raised where the work was asked for)
        out = None, error
    sender.send_bytes(_pickled(out))


@contextmanager
def _unbroken() -> Iterator[None]:
    """Hold Ctrl-C back while a process begins; it comes when that is done.

    What it raises in a handler of a fork is printed and lost, and a pool whose thread did not begin cannot be ended.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where nothing forks
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(work: Callable[[T], R], things: Sequence[T], count: int, lost: Callable[[T, str, str], R] | None) -> _Pool[T, R] | None:
    """Workers; None where the system has none to give."""
    try:
        return _Pool(work, things, count, lost)
    except (ImportError, NotImplementedError, OSError):  # no semaphores here
        return None


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


class _Pool(Generic[T, R]):
    """Workers, what they are at, and the results that wait for their turn."""

    def __init__(self, work: Callable[[T], R], things: Sequence[T], count: int, lost: Callable[[T, str, str], R] | None) -> None:
        from multiprocessing import active_children  # noqa: PLC0415 (only many things pay for it)

        self.work, self.things, self.count, self.lost = work, things, count, lost
        self.others = set(active_children())
        self.threads = set(threading.enumerate())
        self.pool = self._fresh(count)
        self.under_way: dict[Future[bytes], int] = {}
        self.waiting: dict[int, bytes] = {}
        self.workers: list[BaseProcess] = []
        self.held = self.fed = 0
        self.killed = False

    def _fresh(self, count: int) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        return ProcessPoolExecutor(count, initializer=_begin, initargs=(self.work, self.lost))

    def results(self) -> Iterator[R]:
        """The results in the order of the things."""
        from multiprocessing.reduction import ForkingPickler  # noqa: PLC0415 (what carries things between processes anyway)

        for place in range(len(self.things)):
            while True:
                self._feed(place)
                self._take(wait=place not in self.waiting)
                if place in self.waiting:
                    break
            found = self.waiting.pop(place)
            self.held -= len(found)
            yield ForkingPickler.loads(found)

    def _feed(self, place: int) -> None:
        """Give the workers something to do; ``place`` is whose turn it is."""
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        try:
            while self.fed < len(self.things) and len(self.under_way) < _AHEAD * self.count and (self.held < _HELD or self.fed == place):
                with _unbroken():
                    self.under_way[self.pool.submit(_job, self.things[self.fed])] = self.fed
                    self.fed += 1
                if self.lost is None:
                    self.workers = self._workers() or self.workers
        except BrokenProcessPool:
            self._mend()

    def _take(self, *, wait: bool) -> None:
        """Take what is done; where nothing is and it is waited for, what is done first."""
        from concurrent.futures import FIRST_COMPLETED  # noqa: PLC0415
        from concurrent.futures import wait as first  # noqa: PLC0415
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        finished = [future for future in self.under_way if future.done()]
        if not finished and wait:
            finished = list(first(self.under_way, return_when=FIRST_COMPLETED).done)
        try:
            for future in finished:
                self._keep(self.under_way[future], future.result())
                del self.under_way[future]
        except BrokenProcessPool:
            self._mend()

    def _keep(self, place: int, result: bytes) -> None:
        self.waiting[place] = result
        self.held += len(result)

    def _mend(self) -> None:
        """After a worker died: what was under way is done again, each thing alone; then there are new workers."""
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        self.pool.shutdown(wait=True, cancel_futures=True)
        if self.lost is None:
            raise DiedError(*_end_of(self.workers))
        left, self.under_way = self.under_way, {}
        for future, place in left.items():
            if future.done() and not future.cancelled() and not isinstance(future.exception(), BrokenProcessPool):
                self._keep(place, future.result())
            else:
                self._keep(place, self._alone(self.things[place]))
        self.pool = self._fresh(self.count)

    def _alone(self, thing: T) -> bytes:
        """The result of a thing by a worker that does nothing else."""
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        workers: list[BaseProcess] = []
        pool = self._fresh(1)
        try:
            with _unbroken():
                future = pool.submit(_job, thing)
            workers = self._workers()
            return future.result()
        except BrokenProcessPool:
            pass
        except BaseException:
            self.kill()
            raise
        finally:
            pool.shutdown(wait=True)
        assert self.lost is not None
        return _pickled(self.lost(thing, *_end_of(workers)))

    def _workers(self) -> list[BaseProcess]:
        from multiprocessing import active_children  # noqa: PLC0415

        return [one for one in active_children() if one not in self.others]

    def kill(self) -> None:
        """End the workers at once; nobody waits for what they had under way."""
        self.killed = True
        for worker in self._workers():
            worker.kill()

    def end(self) -> None:
        """End the workers when they are done; of killed ones the thread of the pool is waited for a moment.

        Where it ends while Python does, Python prints that it wrote to a closed pipe (``concurrent.futures.process._python_exit``).
        """
        self.pool.shutdown(wait=not self.killed, cancel_futures=True)
        for thread in set(threading.enumerate()) - self.threads if self.killed else ():
            if not thread.daemon:
                thread.join(_MOMENT)


def _end_of(workers: list[BaseProcess]) -> tuple[str, str]:
    """How the worker ended that died first (the others of its pool are ended by SIGTERM then), and what to do."""
    codes = [worker.exitcode for worker in workers if worker.exitcode]
    code = next((one for one in codes if one != -signal.SIGTERM), codes[0] if codes else 0)
    if code in guard.REASONS:
        return guard.REASONS[code], guard.HINT
    name = next((one.name for one in signal.Signals if one == -code), None)
    return f"the process that read it {f'was ended by {name}' if name else 'ended'}", _SMALLER


def _pickled(result: object) -> bytes:
    from multiprocessing.reduction import ForkingPickler  # noqa: PLC0415

    return bytes(ForkingPickler.dumps(result))


# What a worker does: set once when it begins, so that it is not sent with every thing.
_WORK: list[Callable[..., object] | None] = []


def _begin(work: Callable[[T], R], lost: Callable[[T, str, str], R] | None) -> None:
    """Leave Ctrl-C to the process that started this one, and end when it is gone."""
    from multiprocessing import parent_process  # noqa: PLC0415
    from multiprocessing.connection import wait  # noqa: PLC0415
    from threading import Thread  # noqa: PLC0415

    _WORK[:] = work, lost
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


def _job(thing: object) -> bytes:
    """The result of a thing, pickled here: one that waits for its turn takes no more room than that."""
    work, lost = _WORK
    assert work is not None

    def made(thing: object) -> bytes:
        return _pickled(work(thing))

    def given_up(thing: object, reason: str, hint: str) -> bytes:
        assert lost is not None
        return _pickled(lost(thing, reason, hint))

    return _done(made, thing, given_up if lost is not None else None)
