#!/usr/bin/env bash
#
# The packaged ledgers, asked by clients that nobody here wrote: who may call, that reflection is under the rules, that
# what was posted is there after a kill, that no call is lost while certificates rotate, and how long a cold ledger takes for
# its first call. Needs the packaged samples and secure-grpc-certs, grpcurl, openssl, h2load and python3-grpcio; takes
# Node's gRPC where it is on the NODE_PATH.
#
#   .ci/tests/ledger-test.sh

set -euo pipefail

# shellcheck source=application.sh
. "$(dirname "${BASH_SOURCE[0]}")/application.sh"

devh=$root/sample-app/target/secure-grpc-sample-app.jar
boot=$root/sample-boot-grpc/target/secure-grpc-sample-boot-grpc.jar
certs=$root/certs/target/secure-grpc-certs.jar
client=$root/.ci/tests/ledger-client.py
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
pki=$work/.secure-grpc
burners=()
poster=''

end_others() {
	local process
	for process in "${burners[@]}" $poster; do
		kill "$process" 2>/dev/null || true
	done
}

# launch JAR [ARGUMENT...]: the ledger alone, in $work
launch() {
	local jar=$1
	shift
	rm -f "$work/log"
	(cd "$work" && exec "${java[@]}" -jar "$jar" --server.port=0 --grpc.server.port="$port" \
		--spring.grpc.server.port="$port" --sample.client.enabled=false "$@" </dev/null >log 2>&1) &
	running=$!
}

begin() {
	launch "$@"
	await "$work" 'Started SampleApplication'
}

killed() {
	kill -KILL "$running"
	wait "$running" 2>/dev/null || true
	running=''
}

# url OPTION... METHOD [JSON]: what grpcurl is answered, which finds the messages by reflection
url() {
	local method=${*: -1} json=''
	if [[ $method == '{'* ]]; then
		json=$method
		method=${*: -2:1}
		set -- "${@:1:$#-1}"
	fi
	set -- "${@:1:$#-1}"
	grpcurl -max-time 10 -connect-timeout 5 "$@" ${json:+-d "$json"} "127.0.0.1:$port" "$method" 2>&1 || true
}

mutual=(-cacert "$pki/ca.pem" -cert "$pki/client.pem" -key "$pki/client.key")

# transaction DESCRIPTION DEBIT CREDIT
transaction() {
	printf '{"date": "2026-01-31", "description": "%s", "lines": [{"accountname": "a", "currency": "USD", "amount": "%s"}, {"accountname": "b", "currency": "USD", "amount": "%s"}]}' \
		"$1" "$2" "$3"
}

# expect WHAT ANSWER PART
expect() {
	[[ $2 == *"$3"* ]] || fail "$1: $2 (expected: $3)" "$work/log"
	echo "ok: $1"
}

# balanced OPTION...: the trial balance sums to zero in each currency
balanced() {
	url "$@" transaction.Transactor/GetTB | /usr/bin/python3 -c '
import collections, json, sys
sums = collections.Counter()
for line in json.load(sys.stdin).get("lines", []):
    sums[line["currency"]] += int(line.get("amount", 0))
assert sums and not any(sums.values()), dict(sums)' || fail 'the trial balance is not zero' "$work/log"
	echo 'ok: the trial balance is zero'
}

# listed OPTION...: how many transactions there are
listed() {
	url -max-msg-sz 100000000 "$@" transaction.Transactor/GetListing | grep -c '"date"' || true
}

identifier() {
	sed -n 's/.*"message": "\([0-9a-f-]\{36\}\)".*/\1/p' <<<"$1"
}

# keeps_books JAR: over mutual TLS
keeps_books() {
	local jar=$1 first second before
	rm -rf "$work/.ledger"
	begin "$jar"
	expect 'reflection tells the services' "$(url "${mutual[@]}" list)" 'transaction.Transactor'
	expect 'a client without a certificate is refused' "$(url -cacert "$pki/ca.pem" list)" 'Failed'
	expect 'a certificate of somebody else is refused' \
		"$(url -cacert "$pki/ca.pem" -cert "$work/stranger.crt" -key "$work/stranger.key" list)" 'Failed'
	first=$(identifier "$(url "${mutual[@]}" transaction.Transactor/AddTransaction "$(transaction first 5 -5)")")
	second=$(identifier "$(url "${mutual[@]}" transaction.Transactor/AddTransaction "$(transaction second 7 -7)")")
	[[ -n $first && -n $second ]] || fail 'a transaction is not posted' "$work/log"
	expect 'what does not balance is refused' \
		"$(url "${mutual[@]}" transaction.Transactor/AddTransaction "$(transaction third 5 -4)")" 'off balance by USD 0.01'
	expect 'one is voided' "$(url "${mutual[@]}" transaction.Transactor/VoidTransaction "{\"identifier\": \"$first\"}")" '"message"'
	expect 'not twice' "$(url "${mutual[@]}" transaction.Transactor/VoidTransaction "{\"identifier\": \"$first\"}")" 'already voided'
	before=$(url "${mutual[@]}" transaction.Transactor/GetListing)
	expect 'all are listed' "$before" 'Void: first'
	killed
	begin "$jar"
	[[ $(url "${mutual[@]}" transaction.Transactor/GetListing) == "$before" ]] || fail 'a kill has changed the listing' "$work/log"
	echo 'ok: all is there after a kill'
	expect 'one is deleted' "$(url "${mutual[@]}" transaction.Transactor/DeleteTransaction "{\"identifier\": \"$second\"}")" 'deleted'
	balanced "${mutual[@]}"
	stop
	begin "$jar"
	[[ $(listed "${mutual[@]}") == 2 ]] || fail 'a stop and a start have changed the listing' "$work/log"
	expect 'what is deleted stays so' "$(url "${mutual[@]}" transaction.Transactor/DeleteTransaction "{\"identifier\": \"$second\"}")" 'NotFound'
	stop

	local rules='--secure-grpc.authorization.rules'
	begin "$jar" "$rules[0].methods=transaction.Transactor/*" "$rules[0].allow=dns:client"
	expect 'reflection that no rule admits is denied' "$(url "${mutual[@]}" list)" 'PermissionDenied'
	expect 'the rest is not' "$(url "${mutual[@]}" -import-path "$root/sample-app/src/main/protobuf" \
		-proto ledger/transaction.proto transaction.Transactor/NodeVersion)" 'ledger'
	stop
	begin "$jar" "$rules[0].methods=transaction.Transactor/*" "$rules[0].allow=dns:client" \
		"$rules[1].methods=grpc.reflection.v1.ServerReflection/*,grpc.reflection.v1alpha.ServerReflection/*" "$rules[1].allow=dns:client"
	expect 'reflection that a rule admits is not' "$(url "${mutual[@]}" list)" 'transaction.Transactor'
	stop
}

# proves_nothing PROFILE: clients of a ledger that wants no certificate
proves_nothing() {
	local count
	begin "$devh" --spring.profiles.active="$1"
	count=$(listed -cacert "$pki/ca.pem")
	expect "$1: grpcurl" "$(url -cacert "$pki/ca.pem" transaction.Transactor/AddTransaction "$(transaction "$1" 5 -5)")" '"message"'
	expect "$1: Python's gRPC" "$(CA=$pki/ca.pem /usr/bin/python3 "$client" "$port" post 20 2>&1)" 'posted 20'
	count=$((count + 21))
	if node -e 'require("@grpc/grpc-js")' 2>/dev/null; then
		expect "$1: Node's gRPC" "$(CA=$pki/ca.pem node "${client%.py}.js" "$port" 2>&1)" 'posted 1'
		count=$((count + 1))
	fi
	transaction_frame >"$work/frame"
	h2load -n 400 -c 8 -m 4 -d "$work/frame" -H 'content-type: application/grpc' -H 'te: trailers' \
		"https://127.0.0.1:$port/transaction.Transactor/AddTransaction" >"$work/h2load" 2>&1 || fail 'h2load failed' "$work/h2load"
	grep -q '400 succeeded, 0 failed' "$work/h2load" || fail 'h2load had calls that failed' "$work/h2load"
	[[ $(listed -cacert "$pki/ca.pem") == $((count + 400)) ]] || fail "$1: not all of h2load's transactions are listed" "$work/log"
	echo "ok: $1: h2load's 400 transactions over 8 connections are all listed"
	balanced -cacert "$pki/ca.pem"
	openssl s_client -connect "127.0.0.1:$port" -alpn h2 -CAfile "$pki/ca.pem" -verify_return_error </dev/null >"$work/tls.log" 2>&1 ||
		fail "$1: openssl does not believe the server" "$work/tls.log"
	echo "ok: $1: openssl"
	stop
}

# A posting as it goes over HTTP/2: its length, and the message.
transaction_frame() {
	/usr/bin/python3 - "$client" <<-'PYTHON'
		import re, struct, sys
		source = open(sys.argv[1]).read()
		names = {}
		exec(source[source.index("def varint"):source.index("def read")], names)
		message = names["transaction"]("h2load")
		sys.stdout.buffer.write(b"\0" + struct.pack(">I", len(message)) + message)
	PYTHON
}

rotates() {
	local i
	(cd "$work" && "${java[@]}" -jar "$certs" mutual >application.yml 2>mutual.log) || fail 'mutual failed' "$work/mutual.log"
	begin "$devh" --secure-grpc.reload.interval=1s
	CA=$work/certs/CA.crt CERT=$work/certs/client.crt KEY=$work/certs/client.key \
		/usr/bin/python3 "$client" "$port" until "$work/rotated" >"$work/posts" 2>&1 &
	poster=$!
	for i in 1 2 3 4 5; do
		(cd "$work" && "${java[@]}" -jar "$certs" renew server client >renew.log 2>&1) || fail 'renew failed' "$work/renew.log"
		awaits_generation $((i + 1))
	done
	touch "$work/rotated"
	wait "$poster" || fail 'a call was lost in a rotation' "$work/posts"
	poster=''
	echo "ok: no call was lost in 5 rotations: $(<"$work/posts")"
	stop
	rm "$work/application.yml"
}

awaits_generation() {
	local end=$((SECONDS + 30))
	until grep -q "Rotated server to generation $1" "$work/log"; do
		((SECONDS < end)) || fail "no generation $1" "$work/log"
		sleep 0.3
	done
}

burn() {
	timeout 120 sh -c 'while :; do :; done' &
	burners+=($!)
}

# answers_cold JAR: one-way, by a process that has not answered yet, on a machine with other work
answers_cold() {
	local seconds=() i
	burn
	burn
	for i in 1 2 3; do
		launch "$1" --spring.profiles.active=one-way
		seconds+=("$(CA=$pki/ca.pem /usr/bin/python3 "$client" "$port" first AddTransaction)") || fail 'no first call' "$work/log"
		await "$work" 'Started SampleApplication'
		stop
	done
	kill "${burners[@]}"
	burners=()
	echo "first calls: ${seconds[*]} s"
	[[ $(printf '%s\n' "${seconds[@]}" | sort -n | sed -n 2p) == 0.* ]] || fail 'a cold ledger takes more than a second for its first call'
	echo 'ok: a cold ledger answers within a second'
}

for jar in "$devh" "$boot" "$certs"; do
	[[ -f $jar ]] || fail "$jar is missing: the build has not packaged it"
done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/stranger.key" -out "$work/stranger.crt" \
	-subj /CN=client -addext subjectAltName=DNS:client -days 1 2>"$work/stranger.log" || fail 'openssl failed' "$work/stranger.log"

printf -- '-- net.devh\n'
keeps_books "$devh"
printf -- "-- Spring Boot's own gRPC\n"
keeps_books "$boot"
printf -- '-- one-way and pinned\n'
rm -rf "$work/.ledger"
proves_nothing one-way
proves_nothing pinned
printf -- '-- rotation\n'
rotates
printf -- '-- cold\n'
answers_cold "$devh"
answers_cold "$boot"
