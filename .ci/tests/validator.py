# A validator node with grpcio and no generated code: has a prevote and a precommit of each height signed, from the height given
# on, within a second each, over a connection for ten heights, until its input ends. Says how many were signed, and what failed.
#
#   python3 validator.py TARGET CA CERT KEY CHAIN HEIGHT
import collections
import sys
import threading
import time

import grpc

target, ca, cert, key, chain, height = sys.argv[1:7]


def read(name):
    with open(name, "rb") as file:
        return file.read()


def varint(value):
    data = b""
    while value > 127:
        data += bytes([value & 127 | 128])
        value >>= 7
    return data + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value)


def message(field, value):
    return varint(field << 3 | 2) + varint(len(value)) + value


def vote(step, at):
    part_set = number(1, 1) + message(2, bytes([step]) * 32)
    block = message(1, bytes([at % 256]) * 32) + message(2, part_set)
    return number(1, step) + number(2, at) + message(4, block) + message(5, number(1, int(time.time())))


ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
credentials = grpc.ssl_channel_credentials(read(ca), read(key), read(cert))
outcomes = collections.Counter()
at = int(height)


def sign_heights(sign):
    global at
    for at in range(at, at + 10):
        for step in (1, 2):
            try:
                answer = sign(message(1, vote(step, at)) + message(2, chain.encode()), timeout=1)
                # field 8 of the vote, 64 bytes
                outcomes["signed" if b"\x42\x40" in answer else "answered without a signature"] += 1
            except grpc.RpcError as error:
                outcomes[f"{error.code().name} at height {at}: {error.details()}"] += 1
        time.sleep(0.005)
    at += 1


while not ended.is_set():
    # a subchannel of its own, which grpcio would share otherwise
    with grpc.secure_channel(target, credentials, [("grpc.use_local_subchannel_pool", 1)]) as channel:
        sign_heights(channel.unary_unary("/tendermint.privval.PrivValidatorAPI/SignVote"))
for outcome, count in outcomes.items():
    print(f"{count} {outcome}")
