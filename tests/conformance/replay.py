"""A double that replays documents: ``python replay.py FOLDER`` prints its port and serves.

A file below FOLDER is answered as TwiML, anything else with a document that hangs up. ``serving()``
does that in a process of its own and gives the base URL.
"""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HANGUP = b'<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'


class Replay(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    documents: dict[str, bytes] = {}  # noqa: RUF012 - filled once, before anybody asks

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = self.documents.get(self.path.partition("?")[0], HANGUP)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the library's name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512


def main(folder: Path) -> None:
    Replay.documents = {
        "/" + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*.xml")
    }
    with Server(("127.0.0.1", 0), Replay) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    command = [sys.executable, __file__, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
