#!/usr/bin/env bash
#
# The packaged sample as Tendermint's remote signer, asked by grpcurl, grpcio and openssl: who may have votes signed, that no
# step is signed twice, not even by a signer that was killed, and that no vote is lost while certificates are renewed. Needs
# the packaged sample and secure-grpc-certs, grpcurl, python3-grpcio, openssl, and port 26659.
#
#   .ci/tests/signer-test.sh

set -euo pipefail

# shellcheck source=application.sh
. "$(dirname "${BASH_SOURCE[0]}")/application.sh"

jar=$root/sample-app/target/secure-grpc-sample-app.jar
signer=("${java[@]}" -jar "$jar" --spring.profiles.active=signer --server.port=0)
port=26659

begin() {
	rm -f "$work/log"
	(cd "$work" && exec "${signer[@]}" </dev/null >log 2>&1) &
	running=$!
	await "$work" 'Started SampleApplication'
}

# ask IDENTITY METHOD JSON: what the signer answers to who has .secure-grpc/IDENTITY, and how it refuses
ask() {
	grpcurl -max-time 10 -connect-timeout 5 -cacert "$work/.secure-grpc/ca.pem" -cert "$work/.secure-grpc/$1.pem" \
		-key "$work/.secure-grpc/$1.key" -import-path "$root/sample-app/src/main/protobuf" -proto signer/privval.proto \
		-d "$3" "127.0.0.1:$port" "tendermint.privval.PrivValidatorAPI/$2" 2>&1 || true
}

# vote BLOCK [CHAIN]: at one height, for the block whose hash is a letter 32 times
vote() {
	local hash
	hash=$(printf "%032d" 0 | tr 0 "$1" | base64)
	printf '{"chain_id": "%s", "vote": {"type": "SIGNED_MSG_TYPE_PREVOTE", "height": "7", "block_id": {"hash": "%s", "part_set_header": {"total": 1, "hash": "%s"}}}}' \
		"${2-test-chain}" "$hash" "$hash"
}

# expect WHAT ANSWER PART
expect() {
	[[ $2 == *"$3"* ]] || fail "$1: $2 (expected: $3)" "$work/log"
	echo "ok: $1"
}

[[ -f $jar ]] || fail "$jar is missing: the build has not packaged the sample"
! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || fail "port $port is in use (expected: free for the signer)"

begin
expect 'the validator reads the public key' "$(ask client GetPubKey '{"chain_id": "test-chain"}')" '"ed25519"'
expect 'a certificate that is for servers is refused' "$(ask server GetPubKey '{"chain_id": "test-chain"}')" 'Failed'
expect 'another chain is refused' "$(ask client SignVote "$(vote a other)")" 'InvalidArgument'
expect 'no vote is refused' "$(ask client SignVote '{"chain_id": "test-chain"}')" 'InvalidArgument'
first=$(ask client SignVote "$(vote a)")
expect 'a vote is signed' "$first" '"signature"'
expect 'another vote of the step is not' "$(ask client SignVote "$(vote b)")" 'conflicting data'
kill -KILL "$running"
wait "$running" 2>/dev/null || true
begin
expect 'nor by a signer that was killed' "$(ask client SignVote "$(vote b)")" 'conflicting data'
[[ $(ask client SignVote "$(vote a)") == "$first" ]] || fail 'what was signed before the kill has another signature'
echo 'ok: it answers what it signed before'
if openssl s_client -connect "127.0.0.1:$port" -tls1_2 -alpn h2 -CAfile "$work/.secure-grpc/ca.pem" \
	-cert "$work/.secure-grpc/client.pem" -key "$work/.secure-grpc/client.key" </dev/null >"$work/tls.log" 2>&1; then
	fail 'TLS 1.2 is spoken'
fi
echo 'ok: nothing below TLS 1.3'
cp "$work/priv_validator_state.json" "$work/state.before"
ask client SignVote "$(vote a | sed 's/"7"/"8"/')" >/dev/null
stop
cp "$work/state.before" "$work/priv_validator_state.json"
if (cd "$work" && timeout 60 "${signer[@]}" </dev/null >log 2>&1); then
	fail 'a state of before does not stop the start'
fi
grep -q 'has signed height 8' "$work/log" || fail 'the log does not say that the state is one of before'
echo 'ok: a state of before stops the start'

certs=("${java[@]}" -jar "$root/certs/target/secure-grpc-certs.jar")
renewals=5
rm -rf "$work/.secure-grpc" "$work"/priv_validator_*
(cd "$work" && "${certs[@]}" mutual >application.yml 2>mutual.log) || fail 'mutual failed' "$work/mutual.log"
begin
mkfifo "$work/end"
/usr/bin/python3 .ci/tests/validator.py "127.0.0.1:$port" "$work/certs/CA.crt" "$work/certs/client.crt" \
	"$work/certs/client.key" test-chain 1 <"$work/end" >"$work/validator.log" 2>&1 &
validator=$!
exec 5>"$work/end"
for ((generation = 2; generation < renewals + 2; generation++)); do
	(cd "$work" && "${certs[@]}" renew server client 2>&1) >>"$work/mutual.log" || fail 'renew failed' "$work/mutual.log"
	await "$work" "Rotated server to generation $generation"
done
exec 5>&-
wait "$validator" || fail 'the validator failed' "$work/validator.log"
[[ $(<"$work/validator.log") =~ ^[0-9]+\ signed$ ]] || fail 'not each vote was signed' "$work/validator.log"
echo "ok: $(<"$work/validator.log") within a second each, $renewals renewals"
stop
