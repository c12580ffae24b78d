"""The live process's application, which waits a second for a client where the product waits ten."""

import config.asgi
from cxplatform.graphql.live import outlet, sse

outlet.SEND_SECONDS = sse.BODY_SECONDS = 1

application = config.asgi.application
