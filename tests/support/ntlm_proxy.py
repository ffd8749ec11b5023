"""A proxy that lets nobody through without NTLM, or Negotiate with NTLM inside, and verifies the password (NTLMv2).

Usage: ntlm_proxy.py PORT SCHEME, with the accounts in the file that NTLM_USER_FILE names, as DOMAIN:USER:PASSWORD.
It writes a line for each tunnel that it opens: the scheme and the account.
"""

import asyncio
import base64
import sys

import spnego

PORT, SCHEME = int(sys.argv[1]), sys.argv[2]


async def pump(source, sink):
    try:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    except ConnectionError:
        pass
    finally:
        sink.close()


def refuse(writer, token=None):
    challenge = SCHEME if token is None else f"{SCHEME} {base64.b64encode(token).decode()}"
    head = f"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: {challenge}\r\nContent-Length: 4\r\n\r\n"
    writer.write(head.encode() + b"Who?")


async def serve(reader, writer):
    context = None
    try:
        while True:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            target = lines[0].split(" ")[1]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
            scheme, _, token = headers.get("proxy-authorization", "").partition(" ")
            if scheme != SCHEME:
                refuse(writer)
                continue
            context = context or spnego.server(hostname="proxy", service="HTTP", protocol=SCHEME.lower())
            try:
                answer = context.step(base64.b64decode(token))
            except spnego.exceptions.SpnegoError as error:
                print("refused", error, file=sys.stderr, flush=True)
                context = None
                refuse(writer)
                continue
            if not context.complete:
                refuse(writer, answer)
                continue
            host, _, port = target.rpartition(":")
            edge_reader, edge_writer = await asyncio.open_connection(host.strip("[]"), int(port))
            print(SCHEME, context.client_principal, flush=True)
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(pump(reader, edge_writer), pump(edge_reader, writer))
            return
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    async with server:
        await server.serve_forever()


asyncio.run(main())
