#!/usr/bin/env bash
#
# Does what the README and docs/first-application.md say, as written, from an empty folder: below the unmodified parent of
# each Spring Boot given and of the newest 4.1; with Maven 3.8 and 3.9; as client and server in one and apart. And what is
# said without the bill of materials. Needs the modules in the local repository, certs/target, openssl and python3; port
# 9090 is the page's.
#
#   .ci/tests/readme-test.sh 4.1.1 4.1.2

set -euo pipefail

# shellcheck source=application.sh
. "$(dirname "${BASH_SOURCE[0]}")/application.sh"

# lines_of FILE: its lines without indentation, as one
lines_of() {
	sed 's/^[[:space:]]*//' "$1" | tr -d '\n'
}

warns_of_nothing() {
	! grep -E ' (WARN|ERROR) ' "$1/log" || fail "$1: nothing should be warned of" "$1/log"
}

# newest_boot: the newest Spring Boot 4.1 that the registry lists
newest_boot() {
	mkdir "$work/newest"
	cat >"$work/newest/pom.xml" <<-'XML'
		<project xmlns="http://maven.apache.org/POM/4.0.0">
			<modelVersion>4.0.0</modelVersion>
			<parent>
				<groupId>org.springframework.boot</groupId>
				<artifactId>spring-boot-starter-parent</artifactId>
				<version>[4.1.0,4.1.9999]</version>
				<relativePath/>
			</parent>
			<groupId>newest</groupId>
			<artifactId>newest</artifactId>
			<version>1</version>
			<packaging>pom</packaging>
		</project>
	XML
	(cd "$work/newest" && "$root/mvnw" -q -B -ntp help:evaluate -Dexpression=project.parent.version -DforceStdout </dev/null) |
		grep -oE '[0-9]+\.[0-9.]+[0-9]' | head -n 1
}

# maven_of VERSION: the path of its program, after a download where it is not the installed one
maven_of() {
	if ./mvnw -B --version | grep -q "^Apache Maven $1\>"; then
		echo "$root/mvnw"
		return
	fi
	./mvnw -q -B -ntp -N dependency:copy -Dartifact="org.apache.maven:apache-maven:$1:tar.gz:bin" \
		-DoutputDirectory="$work/mavens" </dev/null >&2
	tar -xzf "$work/mavens/apache-maven-$1-bin.tar.gz" -C "$work/mavens"
	echo "$work/mavens/apache-maven-$1/bin/mvn"
}

# ---- the page, as written

write_files "$work/hello"
hello=src/main/java/hello/HelloApplication.java
(($(wc -l <"$work/hello/$hello") <= 30)) || fail "the Java of $page has more than 30 lines"
block README.md xml secure-grpc-bom >"$work/lines.xml"
[[ $(lines_of "$work/hello/pom.xml") == *"$(lines_of "$work/lines.xml")"* ]] ||
	fail "the pom.xml of $page does not have the README's lines"
block "$page" sh 'secure-grpc-certs.jar mutual' >"$work/commands.sh"
[[ $(tail -n 1 "$work/commands.sh") == 'java -jar target/hello-1.jar' ]] || fail "the commands of $page do not end with the start"
(cd "$work/hello" && bash -e <(sed '$d' "$work/commands.sh") </dev/null) >"$work/hello/log" 2>&1 ||
	fail "the commands of $page fail" "$work/hello/log"
start "$work/hello"
await "$work/hello" '^Hello, client$'
speaks_mutual_tls "$work/hello"
warns_of_nothing "$work/hello"
stop
echo "ok: the lines of $page lead to an answer over mutual TLS"

read -r -a command < <(block "$page" sh cert=none)
! run "$work/hello" "${command[@]:3}" || fail "a client without a certificate is answered" "$work/hello/log"
! grep -q '^Hello' "$work/hello/log" || fail "a client without a certificate is answered" "$work/hello/log"
grep -q 'the client presented no certificate' "$work/hello/log" || fail "the log does not say why" "$work/hello/log"
echo "ok: a client without a certificate is not"

# ---- client and server apart

block "$page" xml '<exclusions>' >"$work/client.xml"
sed 's/grpc-server-/grpc-client-/' "$work/client.xml" >"$work/server.xml"
starter='<artifactId>secure-grpc-spring-boot-starter<'
copy_with "$work/client" pom.xml "/$starter/r $work/client.xml"
copy_with "$work/client" src/main/resources/application.yml '/^  server:/,/^  client:/{/^  client:/!d}'
copy_with "$work/client" "$hello" '/import .*\(PeerIdentity\|StreamObserver\|GrpcService\);/d' '/@GrpcService/,/^\t}/d'
copy_with "$work/server" pom.xml "/$starter/r $work/server.xml"
copy_with "$work/server" src/main/resources/application.yml '/^  client:/,/^$/d'
copy_with "$work/server" "$hello" '/import .*\(GrpcClient\|CommandLineRunner\);/d' 's/ implements CommandLineRunner//' '/@GrpcClient/d' \
	'/public void run/,/^\t}/d'
build "$work/client"
build "$work/server"
start "$work/server"
speaks_mutual_tls "$work/server"
run "$work/client" || fail "the client ended with $?" "$work/client/log"
for side in client server; do
	warns_of_nothing "$work/$side"
done
grep -q '^Hello, client$' "$work/client/log" || fail "the client has no answer" "$work/client/log"
echo "ok: client only calls server only"
run "$work/hello" --grpc.server.port=-1 || fail "without a port the application ended with $?" "$work/hello/log"
grep -q '^Hello, client$' "$work/hello/log" || fail "without a port there is no answer" "$work/hello/log"
stop
echo "ok: grpc.server.port: -1 makes it a client"

# ---- every property

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/ca.key" -out "$work/ca.crt" -days 2 \
	-subj "/CN=CA" -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign 2>/dev/null
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/tls.key" -out "$work/tls.csr" \
	-subj "/CN=own" 2>/dev/null
openssl x509 -req -in "$work/tls.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -CAcreateserial -out "$work/tls.crt" \
	-days 1 -extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n') 2>/dev/null
block README.md yaml file:/etc/tls/tls.crt | sed "s#/etc/tls/#$work/#" >"$work/three.yml"
block README.md yaml warn-before >"$work/every.yml"
for name in cert key ca; do
	sed -i "s!^  # \($name: \)/etc/tls/!  \1$work/!" "$work/every.yml"
done
readme=("--grpc.server.address=127.0.0.1" "--grpc.client.greeter.address=static://127.0.0.1:9090")

# says_hello DIRECTORY YAML: with those lines of the README and nothing in its own application.yml
says_hello() {
	start "$1" "${readme[@]}" "--spring.config.location=$2"
	await "$1" '^Hello, localhost$'
	speaks_mutual_tls "$1"
	warns_of_nothing "$1"
	stop
}

says_hello "$work/hello" "$work/every.yml"
echo "ok: every property of the README can be pasted"

# ---- each Spring Boot, each Maven

newest=$(newest_boot)
[[ -n $newest ]] || fail "no Spring Boot 4.1 is listed"
boots=("$@")
[[ " $* " == *" $newest "* ]] || boots+=("$newest")
for boot in "${boots[@]}"; do
	below_boot "$work/$boot" "$boot"
	if ! (build "$work/$boot" 2>/dev/null); then
		if [[ " $* " == *" $boot "* ]] || ! grep -Eq 'Could not (find|resolve|transfer)|Non-resolvable' "$work/$boot/log"; then
			fail "the README's lines cannot be built below Spring Boot $boot" "$work/$boot/log"
		fi
		echo "Spring Boot $boot is listed, but does not resolve: left out"
		continue
	fi
	says_hello "$work/$boot" "$work/three.yml"
	echo "ok: the README's lines start below Spring Boot $boot"
done
echo "the newest that is listed is $newest"

for version in 3.8.7 "$(sed -n 's/^mavenVersion=//p' .mvn/wrapper.properties)"; do
	maven=$(maven_of "$version")
	build "$work/hello"
	echo "ok: Maven $version builds it"
done
maven=$root/mvnw

# ---- without the bill of materials

# Spring Boot's protobuf may be older than the page's, and so must the compiler be.
for boot in 4.1.1 4.1.2; do
	below_boot "$work/plain-$boot" "$boot"
	copy_with "$work/plain-$boot" pom.xml '/<dependencyManagement>/,/<\/dependencyManagement>/d' \
		"s#$starter/artifactId>#&<version>0.1.0</version>#" 's#<protocVersion>.*<#<protocVersion>4.35.1<#'
	build "$work/plain-$boot"
	start "$work/plain-$boot"
	await "$work/plain-$boot" '^Hello, client$'
	stop
	grep -q 'in grpc-netty-shaded has CVE-2026-75595' "$work/plain-$boot/log" || fail "no advisory below Spring Boot $boot"
done
build "$work/plain-4.1.1" -Dgrpc-java.version=1.85.1
start "$work/plain-4.1.1"
await "$work/plain-4.1.1" '^Hello, client$'
stop
! grep -q 'CVE-' "$work/plain-4.1.1/log" || fail "the remedy does not help" "$work/plain-4.1.1/log"
echo "ok: without the bill of materials there is an advisory, and its remedy helps"
