# Calls a server of grpcio over mutual TLS: python3 peers.py DIRECTORY SERVER CLIENT. Prints ok, or REFUSED and why.
import concurrent.futures
import sys

import grpc

directory, server, client = sys.argv[1:]


def read(name):
    with open(directory + "/" + name, "rb") as file:
        return file.read()


class Ping(grpc.GenericRpcHandler):
    def service(self, details):
        return grpc.unary_unary_rpc_method_handler(lambda request, context: b"ok")


peer = grpc.server(concurrent.futures.ThreadPoolExecutor(1))
peer.add_generic_rpc_handlers((Ping(),))
pair = (read(server + ".key"), read(server + ".crt"))
port = peer.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials([pair], read("CA.crt"), True))
peer.start()
credentials = grpc.ssl_channel_credentials(read("CA.crt"), read(client + ".key"), read(client + ".crt"))
with grpc.secure_channel("localhost:%d" % port, credentials) as channel:
    try:
        print(channel.unary_unary("/test.Peer/Ping")(b"?", timeout=10).decode())
    except grpc.RpcError as error:
        print("REFUSED", error.details())
peer.stop(None)
