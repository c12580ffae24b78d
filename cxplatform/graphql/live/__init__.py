"""Live results: graphql-transport-ws and graphql-sse over plain ASGI, in a process of their own.

Every push is one look at the data: a door opened in a worker thread, the viewer authenticated anew, the answer
compared with the last one sent. Nothing is shared between two sockets but the threads and the listener for wake-ups.
"""
