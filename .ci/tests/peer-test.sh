#!/usr/bin/env bash
#
# The packaged sample as a peer of P2PFL's: two of them, as on the page, and one with a peer that is not ours and certificates
# as P2PFL's script makes them, with good and bad callers. Needs the packaged sample, openssl, python3-grpcio, curl, and the
# ports 6666 and 6667; grpcurl and Node's gRPC where there are any.
#
#   .ci/tests/peer-test.sh

set -euo pipefail

# shellcheck source=application.sh
. "$(dirname "${BASH_SOURCE[0]}")/application.sh"

jar=$root/sample-app/target/secure-grpc-sample-app.jar
python=/usr/bin/python3
first=127.0.0.1:6666
second=127.0.0.1:6667
processes=()

end_others() {
	local process
	for process in "${processes[@]}"; do
		kill -KILL "$process" 2>/dev/null || true
	done
}

free_port() {
	$python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# begin NAME ARGUMENT...: a peer of ours in $work, its log in $work/NAME.log; its process is in $begun
begin() {
	local name=$1
	shift
	(cd "$work" && exec "${java[@]}" -jar "$jar" --spring.profiles.active=peer "$@" </dev/null >"$name.log" 2>&1) &
	begun=$!
	processes+=("$begun")
}

# within SECONDS FILE REGEX WHAT: a line of the file matches by then
within() {
	local end=$((SECONDS + $1))
	until grep -Eqs -- "$3" "$2"; do
		((SECONDS < end)) || fail "$4: not within $1 seconds: $3" "$2"
		sleep 0.2
	done
	echo "ok: $4"
}

# expect WHAT ANSWER PART
expect() {
	[[ $2 == *"$3"* ]] || fail "$1: $2 (expected: $3)" "$work/first.log"
	echo "ok: $1"
}

# put_down PROCESS: at once, as a machine that fails
put_down() {
	kill -KILL "$1"
	wait "$1" 2>/dev/null || true
}

# members: what the first peer's actuator says of its neighbours
members() {
	curl -fsS --noproxy '*' --max-time 5 "http://127.0.0.1:$http/actuator/info" |
		$python -c 'import json, sys; print(*json.load(sys.stdin)["peer"]["members"])'
}

# until_members SECONDS EXPECTED WHAT
until_members() {
	local end=$((SECONDS + $1))
	until [[ $(members) == "$2" ]]; do
		((SECONDS < end)) || fail "$3: the members are not \"$2\" within $1 seconds, but \"$(members)\"" "$work/first.log"
		sleep 0.2
	done
	echo "ok: $3"
}

[[ -f $jar ]] || fail "$jar is missing: the build has not packaged the sample"
for port in 6666 6667; do
	! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || fail "port $port is in use (expected: free for a peer)"
done
http=$(free_port)

# ---- as on the page

begin first --server.port="$http"
within 60 "$work/first.log" 'Started SampleApplication' 'the first peer is up'
begin second --grpc.server.port=6667 --server.port=0 --sample.peer.join="$first"
within 60 "$work/second.log" "Peer $first joined" 'the second joins the first'
until_members 6 "$second" 'and the first has the second'
put_down "$begun"
until_members 6 '' 'a peer that is killed is dropped'
within 1 "$work/first.log" "Peer $second left: " 'and the log says why'
kill "${processes[0]}"
wait "${processes[@]}" 2>/dev/null || true
processes=()

# ---- among P2PFL's

mkdir "$work/p2pfl" "$work/other"
# certificates DIRECTORY: as of P2PFL's script, one subject for CA and leaves, and no extended key usage
certificates() {
	local name subject='/C=ES/ST=Galicia/O=p2pfl/CN=localhost'
	(
		cd "$1"
		printf 'subjectAltName = DNS:localhost, IP:::1, IP:127.0.0.1\n' >names
		openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -sha256 -days 30 -out ca.crt -subj "$subject"
		for name in server client; do
			openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$name.key"
			openssl req -new -key "$name.key" -out "$name.csr" -subj "$subject"
			openssl x509 -req -in "$name.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -out "$name.crt" -days 30 -sha256 \
				-extfile names
		done
	) >"$1/log" 2>&1 || fail 'openssl makes no certificates' "$1/log"
}
certificates "$work/p2pfl"
certificates "$work/other"
tls=("$work/p2pfl/ca.crt" "$work/p2pfl/client.crt" "$work/p2pfl/client.key")
rm -f "$work/first.log"
begin first --server.port="$http" --secure-grpc.dev-ca.enabled=false --secure-grpc.ca=p2pfl/ca.crt \
	--secure-grpc.server.cert=p2pfl/server.crt --secure-grpc.server.key=p2pfl/server.key \
	--secure-grpc.client.cert=p2pfl/client.crt --secure-grpc.client.key=p2pfl/client.key
within 60 "$work/first.log" 'Started SampleApplication' "the first is up with certificates as of P2PFL's script"

# foreign: a peer of grpcio's, its output in $work/foreign.log, which ends when $work/input does
foreign() {
	rm -f "$work/input" "$work/foreign.log"
	mkfifo "$work/input"
	$python .ci/tests/peer.py node "$second" "$first" "$work/p2pfl/ca.crt" "$work/p2pfl/server.crt" \
		"$work/p2pfl/server.key" "${tls[@]:1}" <"$work/input" >"$work/foreign.log" 2>&1 &
	begun=$!
	processes+=("$begun")
	exec 4>"$work/input"
}

foreign
within 10 "$work/foreign.log" "^joined $first" "a peer of grpcio's shakes hands"
until_members 6 "$second" 'and is a neighbour'
sleep 10
kill -0 "$begun" || fail 'the foreign peer has ended' "$work/foreign.log"
beats=$(grep -c "^beat of $first ttl 10" "$work/foreign.log" || true)
((beats >= 5 && beats <= 8)) || fail "$beats beats in 10 to 12 seconds (expected: one in two)" "$work/foreign.log"
echo "ok: it heard $beats beats, and is heard"
expect 'it still is a neighbour' "$(members)" "$second"
exec 4>&-
within 10 "$work/foreign.log" '^disconnected' 'it disconnects'
until_members 1 '' 'and is none any more'
foreign
until_members 10 "$second" 'it comes back'

# once METHOD ADDRESS CA CERT KEY
once() {
	$python .ci/tests/peer.py "$1" "$2" "$first" "${@:3}" 2>&1
}
expect 'no handshake for an address of another' "$(once handshake 127.0.0.9:6667 "${tls[@]}")" 'not of a host'
expect 'none without a certificate' "$(once handshake "$second" "$work/p2pfl/ca.crt" - -)" 'REFUSED UNAVAILABLE'
other=("$work/p2pfl/ca.crt" "$work/other/client.crt" "$work/other/client.key")
expect 'none with a certificate of another CA' "$(once handshake "$second" "${other[@]}")" 'REFUSED UNAVAILABLE'
expect 'no goodbye with one either' "$(once disconnect "$second" "${other[@]}")" 'REFUSED UNAVAILABLE'
if [[ -n ${NODE_PATH:-} ]] && command -v node >/dev/null; then
	grpc_js() { # ADDRESS CA CERT KEY
		node --no-deprecation .ci/tests/peer.js "$1" "$first" "${@:2}" 2>&1
	}
	expect "no address of another with Node's gRPC" "$(grpc_js 127.0.0.9:6667 "${tls[@]}")" 'not of a host'
	[[ $(grpc_js "$second" "${tls[@]}") == 'ANSWER ' ]] || fail "Node's gRPC is refused" "$work/first.log"
	echo 'ok: one of its own with it'
	expect 'none with it without a certificate' "$(grpc_js "$second" "${tls[0]}" - -)" 'REFUSED'
else
	echo "no Node's gRPC: nothing to shake hands with"
fi
if command -v grpcurl >/dev/null; then
	expect 'no address of another with grpcurl' "$(grpcurl -max-time 10 -cacert "${tls[0]}" -cert "${tls[1]}" -key "${tls[2]}" \
		-import-path sample-app/src/main/protobuf -proto peer/node.proto -d '{"addr": "127.0.0.9:6667"}' \
		"$first" node.NodeServices/handshake 2>&1)" 'not of a host'
else
	echo "no grpcurl: nothing to shake hands with"
fi
openssl s_client -connect "$first" -alpn h2 -CAfile "${tls[0]}" -cert "${tls[1]}" -key "${tls[2]}" -verify_return_error \
	</dev/null >"$work/tls.log" 2>&1 || fail 'openssl with a certificate is refused' "$work/tls.log"
echo 'ok: openssl with a certificate is served'
printf 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0' | timeout 15 openssl s_client -connect "$first" -alpn h2 \
	-CAfile "${tls[0]}" -quiet >"$work/answer" 2>"$work/tls.log" || true
[[ ! -s $work/answer ]] || fail 'openssl without a certificate is answered' "$work/tls.log"
grep -q 'alert certificate required' "$work/tls.log" || fail 'openssl without a certificate hears no reason' "$work/tls.log"
echo 'ok: openssl without one is not'
expect 'the good peer is a neighbour through all this' "$(members)" "$second"
put_down "$begun"
until_members 6 '' 'until it is killed'
