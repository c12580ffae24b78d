"""The live process's application, which checks everybody's access four times as often as the product does."""

import config.asgi
from cxplatform.graphql.live import access

access.CHECK_SECONDS = 0.5

application = config.asgi.application
