"""One process that serves a log to a team, as ``decisions serve`` does: ``python load_server.py FOLDER [URL]``.

Prints the port that it listens at. Vectors are hashes, as no embedding model is measured here.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    import uvicorn
    from kept import EMBEDDER

    from extractor.cli.serve import _listening
    from extractor.log.store import Log
    from extractor.plan import ServePlan
    from extractor.review.service import Desk
    from extractor.review.web.app import create_app
    from extractor.review.web.door import TeamDoor
    from extractor.review.web.site import Site

    plan = ServePlan(port=0, accounts=True)
    with Log.open(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None, create=False) as log:
        listener = _listening(plan)
        app = create_app(Site(Desk(log, lambda: EMBEDDER), plan, TeamDoor(log, plan)))
        print(listener.getsockname()[1], flush=True)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
