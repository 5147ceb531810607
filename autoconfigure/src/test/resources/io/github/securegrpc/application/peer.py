# A client or a server of grpcio, asking for health or answering it.
#
#   python3 peer.py client PORT CA CERT KEY CALLS   each call over a connection of its own; prints what was answered, a line each
#   python3 peer.py server CA CERT KEY              asks for a certificate; prints its port, ends with its input
#
# CERT and KEY may be -, for none.
import concurrent.futures
import sys

import grpc

METHOD = "/grpc.health.v1.Health/Check"
SERVING = b"\x08\x01"


def read(name):
    if name == "-":
        return None
    with open(name, "rb") as file:
        return file.read()


class Health(grpc.GenericRpcHandler):
    def service(self, details):
        return grpc.unary_unary_rpc_method_handler(lambda request, context: SERVING)


def client(port, ca, cert, key, calls):
    credentials = grpc.ssl_channel_credentials(read(ca), read(key), read(cert))
    for _ in range(int(calls)):
        # else connections are shared by all channels alike
        options = [("grpc.use_local_subchannel_pool", 1)]
        with grpc.secure_channel("localhost:" + port, credentials, options) as channel:
            try:
                answer = channel.unary_unary(METHOD)(b"", timeout=10)
                print("SERVING" if answer == SERVING else answer, flush=True)
            except grpc.RpcError as error:
                print("REFUSED", error.details(), flush=True)


def server(ca, cert, key):
    peer = grpc.server(concurrent.futures.ThreadPoolExecutor(1))
    peer.add_generic_rpc_handlers((Health(),))
    port = peer.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials([(read(key), read(cert))], read(ca), True))
    peer.start()
    print(port, flush=True)
    sys.stdin.read()
    peer.stop(None)


{"client": client, "server": server}[sys.argv[1]](*sys.argv[2:])
