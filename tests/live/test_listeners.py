"""What is bounded on the sockets that are listened on, and that all else stays as it was."""

import os
import socket

from cxplatform.graphql.live.listeners import SEND_BUFFER_BYTES, bound_what_the_kernel_keeps


def buffer_of(opened: socket.socket) -> int:
    return opened.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)


def test_who_listens_is_bounded_and_nothing_else_is_touched_or_left_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket() as other:
        usual, before = buffer_of(other), set(os.listdir("/dev/fd"))

        bound_what_the_kernel_keeps()

        assert set(os.listdir("/dev/fd")) == before
        # The kernel doubles it.
        assert buffer_of(listening) == 2 * SEND_BUFFER_BYTES
        assert buffer_of(other) == usual != 2 * SEND_BUFFER_BYTES
