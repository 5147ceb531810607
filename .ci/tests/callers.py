# Callers with grpcio and no generated code: four threads call a method with an empty request over and over, each with a new
# connection after every ten calls, until the input ends. Says how many calls there were, and which failed.
#
#   python3 callers.py TARGET METHOD CA [USER:PASSWORD]
import base64
import collections
import sys
import threading

import grpc

target, method, ca = sys.argv[1:4]
metadata = []
if len(sys.argv) > 4:
    metadata = [("authorization", "Basic " + base64.b64encode(sys.argv[4].encode()).decode())]
with open(ca, "rb") as file:
    credentials = grpc.ssl_channel_credentials(file.read())
ended = threading.Event()
outcomes = collections.Counter()
lock = threading.Lock()


def call():
    while not ended.is_set():
        # a subchannel of its own, which grpcio would share otherwise
        with grpc.secure_channel(target, credentials, [("grpc.use_local_subchannel_pool", 1)]) as channel:
            ask = channel.unary_unary(method)
            for _ in range(10):
                try:
                    ask(b"", timeout=10, metadata=metadata)
                    outcome = "OK"
                except grpc.RpcError as error:
                    outcome = f"{error.code().name}: {error.details()}"
                with lock:
                    outcomes[outcome] += 1


threads = [threading.Thread(target=call) for _ in range(4)]
for thread in threads:
    thread.start()
sys.stdin.read()
ended.set()
for thread in threads:
    thread.join()
for outcome, count in outcomes.items():
    print(f"{count} {outcome}")
