#!/usr/bin/env bash
#
# An nginx in front of the ledger, at https://localhost:8443, with a certificate that lies as certbot leaves it:
# live/localhost/*.pem are links into archive/localhost, which a renewal points to the next files. All in .proxied of the
# current directory, with an authority for this machine alone.
#
#   nginx.sh            issues the certificate if there is none, and runs nginx until it is stopped
#   nginx.sh renew      renews the certificate, and has nginx take it, as certbot's deploy hook does

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
certs() {
	java -jar "$here/../../certs/target/secure-grpc-certs.jar" "$@" --depot ca
}
lineage=letsencrypt/live/localhost
archive=letsencrypt/archive/localhost

# publish: what the authority has issued, under the next number, and the links to it
publish() {
	local number=1 name
	while [[ -e $archive/cert$number.pem ]]; do
		number=$((number + 1))
	done
	mkdir -p "$archive" "$lineage"
	cp ca/CA.crt "$archive/chain$number.pem"
	cp ca/localhost.crt "$archive/cert$number.pem"
	(umask 077 && cp ca/localhost.key "$archive/privkey$number.pem")
	cat ca/localhost.crt ca/CA.crt >"$archive/fullchain$number.pem"
	for name in cert chain fullchain privkey; do
		ln -sfn "../../archive/localhost/$name$number.pem" "$lineage/$name.pem.new"
		mv -fT "$lineage/$name.pem.new" "$lineage/$name.pem"
	done
}

mkdir -p .proxied
cd .proxied
case ${1:-run} in
	run)
		if [[ ! -e $lineage/fullchain.pem ]]; then
			[[ -e ca/CA.crt ]] || certs init
			certs issue localhost --server
			publish
		fi
		echo "nginx at https://localhost:8443, its files in $PWD"
		cp "$here/nginx.conf" . # which looks for certificates beside itself
		PATH="$PATH:/usr/sbin" exec nginx -e stderr -p "$PWD" -c "$PWD/nginx.conf"
		;;
	renew)
		rm -f ca/localhost.* # certbot makes a new key each time
		certs issue localhost --server
		publish
		[[ ! -e nginx.pid ]] || kill -HUP "$(<nginx.pid)"
		;;
	*)
		echo "nginx.sh: '$1' is not known (expected: renew, or nothing)" >&2
		exit 2
		;;
esac
