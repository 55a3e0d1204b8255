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

Whatever it was told, addresses say how it behaves towards them: `rcpt-drop.x@…`, `data-421.x@…`. The first part is the
step (rcpt, data or dot), the second what happens there (drop: the line breaks; or the number that is answered).
"""

import asyncio
import email.header
import email.policy
import json
import os
import sys

from aiosmtpd.smtp import SMTP


def wanted(step, addresses):
    """What the addresses ask for at a step, if anything."""
    for address in addresses:
        name = address.split(".")[0]
        if name.startswith(step + "-"):
            return name.removeprefix(step + "-")
    return None


def said(server, wish):
    if wish == "drop":
        server.transport.abort()
    return f"{421 if wish == 'drop' else wish} As the address wants it"


class Touchy(SMTP):
    async def smtp_DATA(self, arg):
        wish = wanted("data", self.envelope.rcpt_tos)
        if wish is None:
            return await super().smtp_DATA(arg)
        await self.push(said(self, wish))
        if wish == "421":
            self.transport.close()


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

    async def handle_RCPT(self, server, session, envelope, address, options):
        wish = wanted("rcpt", [address])
        if wish is not None:
            if wish == "421":
                asyncio.get_running_loop().call_soon(server.transport.close)
            return said(server, wish)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        wish = wanted("dot", envelope.rcpt_tos)
        if wish is not None:
            return said(server, wish)
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
    server = await loop.create_server(lambda: Touchy(mailbox, hostname="uji.local"), "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
