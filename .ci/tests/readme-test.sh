#!/usr/bin/env bash
#
# Builds and starts an application of one's own with nothing but the README's lines, below the unmodified parent of each
# Spring Boot given; and what is said without the bill of materials. Needs the modules in the local repository, openssl
# and python3.
#
#   .ci/tests/readme-test.sh 4.1.1 4.1.2

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
	[[ ! -f ${2:-} ]] || tail -n 60 "$2" >&2
	printf '%s: %s\n' "${0##*/}" "$1" >&2
	exit 1
}

# block LANGUAGE WORD: the first block of the README in LANGUAGE with WORD in it
block() {
	python3 - "$1" "$2" <<-'PYTHON'
		import re, sys
		blocks = re.findall(r"```" + sys.argv[1] + r"\n(.*?)```", open("README.md").read(), re.S)
		print(next(block for block in blocks if sys.argv[2] in block))
	PYTHON
}

# application DIRECTORY BOOT LINES: below Spring Boot's parent, with LINES of the README
application() {
	mkdir -p "$1/src/main/java/own" "$1/src/main/resources"
	cat >"$1/pom.xml" <<-XML
		<project xmlns="http://maven.apache.org/POM/4.0.0">
			<modelVersion>4.0.0</modelVersion>
			<parent>
				<groupId>org.springframework.boot</groupId>
				<artifactId>spring-boot-starter-parent</artifactId>
				<version>$2</version>
				<relativePath/>
			</parent>
			<groupId>own</groupId>
			<artifactId>own</artifactId>
			<version>1</version>
			$3
			<build><plugins><plugin>
				<groupId>org.springframework.boot</groupId>
				<artifactId>spring-boot-maven-plugin</artifactId>
			</plugin></plugins></build>
		</project>
	XML
	cat >"$1/src/main/java/own/Own.java" <<-'JAVA'
		package own;

		import org.springframework.boot.SpringApplication;
		import org.springframework.boot.autoconfigure.SpringBootApplication;

		@SpringBootApplication
		public class Own {

			public static void main(String[] args) {
				SpringApplication.run(Own.class, args).close();
			}

		}
	JAVA
	block yaml file:/etc/tls/tls.crt | sed "s#/etc/tls/#$work/#" >"$1/src/main/resources/application.yml"
}

# start DIRECTORY: builds it, runs it to its end; its output is in DIRECTORY/log
start() {
	rm -rf "$1/target"
	(cd "$1" && "$root/mvnw" -q -B -ntp -DskipTests package ${2:+"$2"} </dev/null) >"$1/log" 2>&1 ||
		fail "$1 cannot be built" "$1/log"
	timeout 60 "$java" -jar "$1/target/own-1.jar" --grpc.server.address=127.0.0.1 --grpc.server.port=0 \
		</dev/null >"$1/log" 2>&1 || fail "$1 does not start" "$1/log"
	grep -q 'Secure gRPC server: TLS .*client-auth require' "$1/log" || fail "$1 speaks no mutual TLS" "$1/log"
}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/ca.key" -out "$work/ca.crt" -days 2 \
	-subj "/CN=CA" -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign 2>/dev/null
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/tls.key" -out "$work/tls.csr" \
	-subj "/CN=own" 2>/dev/null
openssl x509 -req -in "$work/tls.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -CAcreateserial -out "$work/tls.crt" \
	-days 1 -extfile <(printf 'subjectAltName=DNS:localhost\n') 2>/dev/null

lines=$(block xml secure-grpc-bom)
for boot in "$@"; do
	application "$work/$boot" "$boot" "$lines"
	start "$work/$boot"
	! grep -E ' (WARN|ERROR) ' "$work/$boot/log" || fail "Spring Boot $boot: nothing should be warned of" "$work/$boot/log"
	echo "ok: the README's lines start below Spring Boot $boot"
done

boot=4.1.1
application "$work/plain" "$boot" "$(sed -e '/<dependencyManagement>/,/<\/dependencyManagement>/d' \
	-e 's#<artifactId>secure-grpc-spring-boot-starter</artifactId>#&<version>0.1.0</version>#' <<<"$lines")"
start "$work/plain"
grep -q 'in grpc-netty-shaded has CVE-2026-75595' "$work/plain/log" || fail "no advisory" "$work/plain/log"
start "$work/plain" -Dgrpc-java.version=1.85.1
! grep -q 'CVE-' "$work/plain/log" || fail "the remedy does not help" "$work/plain/log"
echo "ok: without the bill of materials there is an advisory, and its remedy helps"
