# Mutual TLS in which both ends look at CA.crl: revocation.py DIRECTORY SERVER CLIENT. Prints ok, or who REFUSED and why.
import os
import socket
import ssl
import sys
import threading

directory, server, client = sys.argv[1:]


def say(words):
    print(words, flush=True)
    os._exit(0)


def context(side, name):
    made = ssl.SSLContext(side)
    made.verify_mode = ssl.CERT_REQUIRED
    made.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    made.load_verify_locations(directory + '/CA.crt')
    made.load_verify_locations(directory + '/CA.crl')
    made.load_cert_chain(directory + '/' + name + '.crt', directory + '/' + name + '.key')
    return made


def serve():
    connection, _ = listener.accept()
    try:
        with context(ssl.PROTOCOL_TLS_SERVER, server).wrap_socket(connection, server_side=True) as peer:
            peer.sendall(b'ok')
    except ssl.SSLCertVerificationError as refusal:
        say('REFUSED by the server: ' + refusal.verify_message)
    except OSError:
        pass


listener = socket.create_server(('127.0.0.1', 0))
threading.Thread(target=serve, daemon=True).start()
try:
    plain = socket.create_connection(listener.getsockname(), timeout=20)
    with context(ssl.PROTOCOL_TLS_CLIENT, client).wrap_socket(plain, server_hostname='localhost') as peer:
        answer = peer.recv(10)
        if answer:
            say(answer.decode())
except ssl.SSLCertVerificationError as refusal:
    say('REFUSED by the client: ' + refusal.verify_message)
except OSError:
    pass
threading.Event().wait(20)
say('neither accepted nor refused')
