# A node of a P2PFL network with grpcio and no generated code, which does what P2PFL does, and says what it sees, a line each.
#
#   python3 peer.py node SELF OTHER CA SERVER_CERT SERVER_KEY CLIENT_CERT CLIENT_KEY   shakes hands with OTHER, until its input ends
#   python3 peer.py METHOD ADDRESS OTHER CA CERT KEY    calls handshake, disconnect or beat at OTHER as ADDRESS, once
#
# CERT and KEY may be -, for none.
import concurrent.futures
import random
import sys
import threading
import time

import grpc

SERVICE = "/node.NodeServices/"
PERIOD = 2
TIMEOUT = 5


def read(name):
    if name == "-":
        return None
    with open(name, "rb") as file:
        return file.read()


def varint(value):
    value &= 2**64 - 1
    data = b""
    while value > 127:
        data += bytes([value & 127 | 128])
        value >>= 7
    return data + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value)


def text(field, value):
    return varint(field << 3 | 2) + varint(len(value)) + value


def parse(data):
    """The last value of each field."""
    fields = {}
    at = 0

    def next_varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = next_varint()
        if key & 7 == 0:
            fields[key >> 3] = next_varint()
        elif key & 7 == 2:
            length = next_varint()
            fields[key >> 3] = data[at:at + length]
            at += length
        else:
            raise ValueError("a field of type %d" % (key & 7))
    return fields


def handshake(address):
    return text(1, address.encode())


def beat(source):
    gossip = number(1, 10) + number(2, random.getrandbits(64)) + text(3, str(time.time()).encode())
    return text(1, source.encode()) + number(2, -1) + text(3, b"beat") + text(4, gossip)


def error(answer):
    return parse(answer).get(2, b"").decode()


def say(*words):
    print(*words, flush=True)


def channel(other, ca, cert, key):
    return grpc.secure_channel(other, grpc.ssl_channel_credentials(read(ca), read(key), read(cert)))


def call(connection, method, message):
    return connection.unary_unary(SERVICE + method)(message, timeout=10)


class Node(grpc.GenericRpcHandler):
    """Its neighbours are those of whom beats arrive; it calls one alone."""

    def __init__(self, address):
        self.address = address
        self.heard = {}
        self.seen = set()
        self.lock = threading.Lock()

    def service(self, details):
        method = details.method.rsplit("/", 1)[1]
        return grpc.unary_unary_rpc_method_handler(lambda request, context: getattr(self, method)(request))

    def handshake(self, request):
        address = parse(request)[1].decode()
        with self.lock:
            if address in self.heard:
                return text(2, b"Cannot add the node (duplicated or wrong direction)")
            self.heard[address] = time.time()
        say("greeted by", address)
        return b""

    def disconnect(self, request):
        address = parse(request)[1].decode()
        with self.lock:
            self.heard.pop(address, None)
        say("left by", address)
        return b""

    def send(self, request):
        message = parse(request)
        source, gossip = message[1].decode(), parse(message[4])
        if gossip[2] in self.seen or source == self.address:
            return b""
        self.seen.add(gossip[2])
        if message[3] != b"beat":
            return text(2, b"Unknown command")
        with self.lock:
            self.heard[source] = float(gossip[3])  # in epoch seconds, of the sender's clock
        say("beat of", source, "ttl", gossip[1])
        return b""

    def overdue(self):
        with self.lock:
            return [address for address, at in self.heard.items() if time.time() - at > TIMEOUT]


def node(self_address, other, ca, server_cert, server_key, client_cert, client_key):
    us = Node(self_address)
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(2))
    server.add_generic_rpc_handlers((us,))
    server.add_secure_port(self_address,
                           grpc.ssl_server_credentials([(read(server_key), read(server_cert))], read(ca), True))
    server.start()
    end = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), end.set()), daemon=True).start()
    with channel(other, ca, client_cert, client_key) as connection:
        refusal = error(call(connection, "handshake", handshake(self_address)))
        if refusal:
            sys.exit("the handshake is refused: " + refusal)
        us.heard[other] = time.time()
        say("joined", other)
        while not end.wait(PERIOD):
            for address in us.overdue():
                sys.exit("no beat of %s" % address)
            refusal = error(call(connection, "send", beat(self_address)))
            if refusal:
                sys.exit("a beat is refused: " + refusal)
        call(connection, "disconnect", handshake(self_address))
        say("disconnected")
    server.stop(None)


def once(method, address, other, ca, cert, key):
    with channel(other, ca, cert, key) as connection:
        try:
            if method == "beat":
                say("ANSWER", error(call(connection, "send", beat(address))))
            else:
                say("ANSWER", error(call(connection, method, handshake(address))))
        except grpc.RpcError as failure:
            say("REFUSED", failure.code().name, failure.details())


if sys.argv[1] == "node":
    node(*sys.argv[2:])
else:
    once(*sys.argv[1:])
