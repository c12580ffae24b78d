"""Uploads on their way in: a few at once, and none waited for longer than it is worth.

Reading blocks for as long as the client is silent and cannot be called off. So a thread of its own reads, and the one
that answers waits for it with a time-out. Nor may an answer be finished while its body is still being read: granian
2.8 then stops its whole worker, for it holds the interpreter's lock while it waits for the reader. The last bit of an
answer therefore waits for a reader that is stuck, which keeps the upload's seat until the client has hung up.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Queue
from threading import Event, Lock, Thread

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from cxplatform.errors import BadInput, Unavailable

_LEAST_BYTES_A_SECOND = 1024
_GRACE_SECONDS = 30
_MOST_PIECE = 16 * 1024
_PIECES_WAITING = 8
_LAST_PIECE_SECONDS = 1

_lock = Lock()
_taken = 0


class TooManyUploads(Unavailable):
    retry_after_seconds = 5


class Upload:
    """A seat among the uploads of this process, and the thread that reads for it."""

    def __init__(self) -> None:
        """Take a seat. Raises: TooManyUploads."""
        _take_seat()
        self._queue: Queue[bytes | Exception] = Queue(_PIECES_WAITING)
        self._given_up = Event()
        self._reader: Thread | None = None

    def pieces(self, raw: Iterable[bytes]) -> Iterator[bytes]:
        """Yield what the other thread reads from `raw`.

        Raises: BadInput when no piece comes for too long or they are too few; whatever `raw` raises.
        """
        self._reader = Thread(target=self._read, args=(raw,), name="upload", daemon=True)
        self._reader.start()
        began, total = time.monotonic(), 0
        while piece := self._next(total, time.monotonic() - began):
            total += len(piece)
            yield piece

    def answer(self, give: Callable[[], HttpResponse]) -> HttpResponseBase:
        """Return the answer, and the seat as soon as the reader has ended."""
        try:
            response = give()
        except BaseException:
            self.close()
            raise
        self._stop()
        if not self._is_stuck():
            self.close()
            return response
        headers = {**response.headers, "Content-Length": str(len(response.content)), "Connection": "close"}
        return StreamingHttpResponse(_Lingering(response.content, self), status=response.status_code, headers=headers)

    def close(self) -> None:
        """Wait for the reader to end and give the seat back."""
        self._stop()
        if self._reader is not None:
            self._reader.join()
        _give_seat_back()

    def _next(self, total: int, elapsed: float) -> bytes:
        # The piece under way counts as received, or an honest client would be thought slower than it is.
        left = max(_GRACE_SECONDS, (total + piece_bytes()) / _LEAST_BYTES_A_SECOND) - elapsed
        try:
            got = self._queue.get(timeout=max(0, min(settings.CX_IMPORT_STALL_SECONDS, left)))
        except Empty:
            raise BadInput("The upload stalled.") from None
        if isinstance(got, Exception):
            raise got
        return got

    def _read(self, raw: Iterable[bytes]) -> None:
        try:
            for piece in raw:
                self._queue.put(piece)
                if self._given_up.is_set():
                    return
        except Exception as error:  # noqa: BLE001  # handed to the thread that answers, which raises it
            self._queue.put(error)
        else:
            self._queue.put(b"")

    def _stop(self) -> None:
        """Ask the reader to end after the piece it is at: emptied, the queue never makes it wait again."""
        self._given_up.set()
        while not self._queue.empty():
            self._queue.get_nowait()

    def _is_stuck(self) -> bool:
        """Tell whether the reader does not end; one that is fed does, after a piece."""
        if self._reader is None:
            return False
        self._reader.join(_LAST_PIECE_SECONDS)
        return self._reader.is_alive()


class _Lingering:
    """Content that is sent at once, and closed when the client hangs up, which it is asked to do."""

    def __init__(self, content: bytes, upload: Upload) -> None:
        self._content = content
        self._upload = upload

    def __iter__(self) -> Iterator[bytes]:
        yield self._content

    def close(self) -> None:
        self._upload.close()


def piece_bytes() -> int:
    """Return how much to read at once: what the slowest client borne sends in half the time it may be silent."""
    return int(max(1024, min(_MOST_PIECE, settings.CX_IMPORT_STALL_SECONDS * _LEAST_BYTES_A_SECOND / 2)))


def _take_seat() -> None:
    global _taken  # noqa: PLW0603  # one count a process is what is bounded
    with _lock:
        if _taken >= settings.CX_IMPORT_UPLOADS_AT_ONCE:
            raise TooManyUploads("Too many uploads are under way; try again in a few seconds.")
        _taken += 1


def _give_seat_back() -> None:
    global _taken  # noqa: PLW0603  # as above
    with _lock:
        _taken -= 1
