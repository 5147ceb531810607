#!/usr/bin/env bash
#
# The packaged sample behind a real nginx with certbot's files, and serving these itself: as on the page, below a path, with
# passwords, with bad ones, and while certificates are renewed under load. Needs the packaged sample and secure-grpc-certs,
# nginx, htpasswd, python3-grpcio, openssl, h2load, and the ports 8443, 50051 and 8080; grpcurl and Node's gRPC where there are any.
#
#   .ci/tests/proxied-test.sh

set -euo pipefail

# shellcheck source=application.sh
. "$(dirname "${BASH_SOURCE[0]}")/application.sh"

jar=$root/sample-app/target/secure-grpc-sample-app.jar
live=.proxied/letsencrypt/live/localhost
method=transaction.Transactor/NodeVersion
proxy=''
callers=''

end_others() {
	[[ -z $callers ]] || kill "$callers" 2>/dev/null || true
	[[ -z $proxy ]] || kill "$proxy" 2>/dev/null || true
}

# begin PROFILE ARGUMENT...: the sample, until its client has posted; its log is $work/log
begin() {
	local profile=$1
	shift
	rm -f "$work/log"
	(cd "$work" && exec "${java[@]}" -jar "$jar" --spring.profiles.active="$profile" "$@" </dev/null >log 2>&1) &
	running=$!
	await "$work" 'Trial balance of [0-9]+ transactions: .* balanced'
}

# fails_to_start WHAT REGEX ARGUMENT...
fails_to_start() {
	local what=$1 regex=$2
	shift 2
	if (cd "$work" && timeout 60 "${java[@]}" -jar "$jar" "$@" </dev/null >log 2>&1); then
		fail "$what: it starts" "$work/log"
	fi
	grep -Eq "$regex" "$work/log" || fail "$what: the log does not say $regex" "$work/log"
	echo "ok: $what"
}

# ask PORT [ARGUMENT...]: what a stock client is answered
ask() {
	local port=$1
	shift
	grpcurl -max-time 10 -connect-timeout 5 -cacert "$work/.proxied/ca/CA.crt" "$@" "localhost:$port" "$method" 2>&1 || true
}

# expect WHAT ANSWER PART
expect() {
	[[ $2 == *"$3"* ]] || fail "$1: $2 (expected: $3)" "$work/log"
	echo "ok: $1"
}

# expect_node WHAT PART PATH [USER:PASSWORD]: what Node's gRPC is answered, where there is one
expect_node() {
	local what=$1 part=$2 path=$3
	shift 3
	if node -e 'require("@grpc/grpc-js")' 2>/dev/null; then
		expect "$what" "$(node "$root/.ci/tests/call.js" localhost:8443 "$path" "$work/.proxied/ca/CA.crt" "$@")" "$part"
	fi
}

# serial PORT: of the certificate that is served
serial() {
	openssl s_client -connect "localhost:$1" -alpn h2 -CAfile "$work/.proxied/ca/CA.crt" -verify_return_error </dev/null 2>/dev/null |
		openssl x509 -noout -serial
}

renew() {
	(cd "$work" && "$root/sample-app/proxied/nginx.sh" renew) >>"$work/renew.log" 2>&1 || fail 'the renewal failed' "$work/renew.log"
}

# under_load WHAT PORT TIMES [USER:PASSWORD]: renews so often while clients call; each renewal is served, and no call fails
under_load() {
	local what=$1 port=$2 times=$3 before end
	shift 3
	mkfifo "$work/end"
	/usr/bin/python3 "$root/.ci/tests/callers.py" "localhost:$port" "/$method" "$work/.proxied/ca/CA.crt" "$@" \
		<"$work/end" >"$work/callers.log" 2>&1 &
	callers=$!
	exec 5>"$work/end"
	for ((i = 0; i < times; i++)); do
		before=$(serial "$port")
		renew
		end=$((SECONDS + 30))
		until [[ $(serial "$port") != "$before" ]]; do
			((SECONDS < end)) || fail "$what: the renewed certificate is not served within 30 seconds" "$work/log"
			sleep 0.2
		done
	done
	exec 5>&-
	wait "$callers" || fail "$what: the callers failed" "$work/callers.log"
	callers=''
	rm "$work/end"
	[[ $(grep -c . "$work/callers.log") == 1 && $(<"$work/callers.log") =~ ^[0-9]+\ OK$ ]] ||
		fail "$what: not each call was answered" "$work/callers.log"
	echo "ok: $what: $(<"$work/callers.log"), $times renewals"
}

[[ -f $jar ]] || fail "$jar is missing: the build has not packaged the sample"
for port in 8443 50051 8080; do
	! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || fail "port $port is in use (expected: free for nginx and the sample)"
done

(cd "$work" && exec "$root/sample-app/proxied/nginx.sh" </dev/null >nginx.log 2>&1) &
proxy=$!
end=$((SECONDS + 30))
until (exec 3<>/dev/tcp/127.0.0.1/8443) 2>/dev/null; do
	kill -0 "$proxy" 2>/dev/null && ((SECONDS < end)) || fail 'nginx does not run' "$work/nginx.log"
	sleep 0.2
done

begin proxied --secure-grpc.audit=all
grep -q 'Established secure gRPC connection to ledger (localhost:8443' "$work/log" ||
	fail 'the client is not at the proxy' "$work/log"
echo 'ok: the client posts through the proxy'
grep -q '(127.0.0.1) calls transaction.Transactor/' "$work/log" || fail 'the audit does not say where calls come from' "$work/log"
echo 'ok: the audit log says where calls come from'
grep -q 'PLAINTEXT (secure-grpc.server.plaintext is loopback)' "$work/log" || fail 'the log does not say that it is plaintext'
if command -v grpcurl >/dev/null; then
	expect 'a stock client is answered' "$(ask 8443)" 'ledger'
	cp "$work/.proxied/ca/CA.crt" "$work/CA.kept"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=other -keyout "$work/other.key" \
		-out "$work/.proxied/ca/CA.crt" 2>/dev/null
	expect 'whoever does not believe the CA does not call' "$(ask 8443)" 'unknown authority'
	mv "$work/CA.kept" "$work/.proxied/ca/CA.crt"
fi
expect_node "Node's client is answered" OK "/$method"
expect_node "and below a path" OK "/ledger/$method"
expect_node "but not below another" UNIMPLEMENTED "/other/$method"
printf '\0\0\0\0\0' >"$work/request"
h2load -n 500 -c 10 -m 10 -d "$work/request" -H 'content-type: application/grpc' -H 'te: trailers' \
	"https://localhost:8443/$method" >"$work/h2load.log"
grep -q '500 succeeded, 0 failed, 0 errored' "$work/h2load.log" && grep -q 'status codes: 500 2xx' "$work/h2load.log" ||
	fail 'not each request of h2load is answered' "$work/h2load.log"
echo 'ok: h2load is answered 500 times'
under_load 'behind nginx' 8443 5
stop

fails_to_start 'a client with another name for the proxy does not post' CERTIFICATE_HOSTNAME_MISMATCH \
	--spring.profiles.active=proxied --secure-grpc.client.channels.ledger.server-name=other.example
begin proxied --secure-grpc.client.channels.ledger.path-prefix=ledger
echo 'ok: the client posts below a path'
stop

htpasswd -c -b -B -C 10 "$work/users" alice "open sesame" 2>/dev/null
password=(--secure-grpc.server.basic-auth.users=users --secure-grpc.client.channels.ledger.basic-auth.username=alice)
fails_to_start 'a client with another password does not post' "user's name or password is wrong" \
	--spring.profiles.active=proxied "${password[@]}" --secure-grpc.client.channels.ledger.basic-auth.password=wrong
! grep -q 'open sesame' "$work/log" || fail 'the log has a password' "$work/log"
begin proxied "${password[@]}" '--secure-grpc.client.channels.ledger.basic-auth.password=open sesame' \
	--secure-grpc.client.channels.ledger.path-prefix=ledger
echo 'ok: the client posts with a password, below a path'
if command -v grpcurl >/dev/null; then
	expect 'without a password nobody is answered' "$(ask 8443)" 'Unauthenticated'
	expect 'nor with another' "$(ask 8443 -H "authorization: Basic $(printf 'alice:sesame' | base64)")" 'Unauthenticated'
	expect 'with it one is' "$(ask 8443 -H "authorization: Basic $(printf 'alice:open sesame' | base64)")" 'ledger'
fi
expect_node "nor Node's client without a password" UNAUTHENTICATED "/$method"
expect_node "Node's client with one is" OK "/ledger/$method" 'alice:open sesame'
under_load 'behind nginx with passwords' 8443 3 'alice:open sesame'
htpasswd -b -B -C 10 "$work/users" bob "another" 2>/dev/null
if command -v grpcurl >/dev/null; then
	end=$((SECONDS + 30))
	until [[ $(ask 8443 -H "authorization: Basic $(printf 'bob:another' | base64)") == *ledger* ]]; do
		((SECONDS < end)) || fail 'a new user is not taken within 30 seconds' "$work/log"
		sleep 0.5
	done
	echo 'ok: a new user is taken while it runs'
fi
stop
kill "$proxy"
wait "$proxy" || true
proxy=''

begin one-way --secure-grpc.server.cert=$live/fullchain.pem --secure-grpc.server.key=$live/privkey.pem \
	--secure-grpc.client.ca=$live/chain.pem
under_load "without nginx, with certbot's files" 50051 5
stop
