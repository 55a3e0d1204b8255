"""A real SMTP server (aiosmtpd) for tests, which can fail in the middle of a mail.

    python mailbox.py PORT FILE [BEHAVIOUR N]

Every mail that it takes is a line of JSON in FILE, on disk before it is answered. At the N-th
mail that it is given it behaves as told:

    die-after    takes the mail, then ends without an answer
    die-before   ends with the text received, without taking it
    stall        takes the mail, then never answers
    stall-before never answers and does not take it
    put-off      answers 451 to it, once
    refuse       answers 550 to it
"""

import asyncio
import email.header
import email.policy
import json
import os
import sys

from aiosmtpd.smtp import SMTP


class Mailbox:
    def __init__(self, path, behaviour, at):
        self.path, self.behaviour, self.at = path, behaviour, at
        self.given = 0

    def keep(self, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        line = {
            "to": envelope.rcpt_tos,
            "from": envelope.mail_from,
            "subject": message["subject"],
            "id": message["message-id"],
            "auto": message["auto-submitted"],
            "text": message.get_content(),
        }
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    async def handle_DATA(self, server, session, envelope):
        self.given += 1
        now = self.behaviour if self.given == self.at else ""
        if now == "put-off":
            return "451 Try again later"
        if now == "refuse":
            return "550 No such mailbox"
        if now not in ("die-before", "stall-before"):
            self.keep(envelope)
        if now.startswith("die"):
            os._exit(1)
        if now.startswith("stall"):
            print("stalled", flush=True)
            await asyncio.Event().wait()
        return "250 Kept"


async def main():
    port, path = int(sys.argv[1]), sys.argv[2]
    behaviour, at = (sys.argv[3], int(sys.argv[4])) if len(sys.argv) > 4 else ("", 0)
    mailbox = Mailbox(path, behaviour, at)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(mailbox, hostname="uji.local"), "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
