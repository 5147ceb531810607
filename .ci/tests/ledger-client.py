# A client of the ledger that knows nothing of this project but the wire: GoDBLedger's messages, written by hand.
#
#   ledger-client.py PORT first METHOD | post NUMBER | until FILE    with CA, CERT and KEY in the environment; CERT may be unset

import os
import socket
import sys
import time

import grpc


def varint(number):
    number &= (1 << 64) - 1
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def field(number, content):
    return bytes([number << 3 | 2]) + varint(len(content)) + content


def line(account, amount):
    return field(3, field(1, account) + field(3, b"USD") + b"\x20" + varint(amount))


def transaction(description):
    return field(1, b"2026-01-31") + field(2, description.encode()) + line(b"a", 5) + line(b"b", -5)


def read(name):
    with open(os.environ[name], "rb") as file:
        return file.read()


def channel(port):
    identity = (read("KEY"), read("CERT")) if "CERT" in os.environ else (None, None)
    return grpc.secure_channel("localhost:%s" % port, grpc.ssl_channel_credentials(read("CA"), *identity),
                               [("grpc.use_local_subchannel_pool", 1)])


def call(to, method, message, seconds=10):
    return to.unary_unary("/transaction.Transactor/" + method)(message, timeout=seconds)


def first(port, method):
    end = time.monotonic() + 90
    while True:
        try:
            socket.create_connection(("127.0.0.1", int(port)), 1).close()
            break
        except OSError:
            if time.monotonic() > end:
                sys.exit("port %s: not open within 90 seconds" % port)
            time.sleep(0.01)
    start = time.monotonic()
    with channel(port) as ledger:
        call(ledger, method, transaction("first") if method == "AddTransaction" else b"", 30)
    print("%.3f" % (time.monotonic() - start))


def post(port, number):
    with channel(port) as ledger:
        for i in range(int(number)):
            call(ledger, "AddTransaction", transaction("python %d" % i))
    print("posted", number)


def until(port, file):
    """Posts over a connection that stays, and over new ones."""
    posted = 0
    with channel(port) as ledger:
        while not os.path.exists(file):
            call(ledger, "AddTransaction", transaction("stays %d" % posted))
            with channel(port) as another:
                call(another, "AddTransaction", transaction("new %d" % posted))
            posted += 2
    print("posted", posted)


{"first": first, "post": post, "until": until}[sys.argv[2]](sys.argv[1], sys.argv[3])
