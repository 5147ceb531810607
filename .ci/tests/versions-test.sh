#!/usr/bin/env bash
#
# The application of docs/first-application.md with each engine, built once and run on several Spring Boots and on every JDK
# given: start, a call over mutual TLS, health, one meter. Spring Boot 3.5 is refused, and so is the grpc-java that 4.1.0 has
# without the bill of materials, and the gRPC of a servlet container that has no TLS. Needs the modules in the local repository, certs/target, curl and python3; ports 9090 and
# 9091.
#
#   .ci/tests/versions-test.sh /usr/lib/jvm/java-17-openjdk-amd64/bin/java /usr/lib/jvm/temurin-25-jdk-amd64/bin/java

set -euo pipefail

# shellcheck source=application.sh
. "$(dirname "${BASH_SOURCE[0]}")/application.sh"

of_devh=(3.5.7 4.0.7 4.1.1 4.1.2)
of_boot=(4.1.0 4.1.2)
built_below=4.1.2
of_servlet=1.81.0 # of grpc-servlet-jakarta, newer ones did not resolve
meter=grpc.server.tls.handshakes
hello=src/main/java/hello/HelloApplication.java
settings=(--server.address=127.0.0.1 --server.port=9091 --management.endpoint.health.show-components=always
	'--management.endpoints.web.exposure.include=health,metrics')

# with_web DIRECTORY: what serves health and meters; Spring Boot 3 and 4 both have it by this name
with_web() {
	cat >"$work/web.xml" <<-'XML'
		<dependency>
			<groupId>org.springframework.boot</groupId>
			<artifactId>spring-boot-starter-web</artifactId>
		</dependency>
	XML
	sed -i "/<artifactId>secure-grpc-.*spring-boot-starter<\/artifactId>/,/<\/dependency>/{
		/<\/dependency>/r $work/web.xml
	}" "$1/pom.xml"
}

# on_boot_grpc DIRECTORY: the page's files with what it says of Spring Boot's own gRPC
on_boot_grpc() {
	block "$page" xml '<artifactId>secure-grpc-boot-grpc-spring-boot-starter<' >"$work/artifact.xml"
	block "$page" java 'GrpcChannelFactory channels' >"$work/Channel.java"
	block "$page" yaml 'channel:' >"$work/spring.yml"
	python3 - "$1" "$work" "$hello" <<-'PYTHON'
		import pathlib, re, sys
		directory, work, java = sys.argv[1:]

		def edit(name, *edits):
		    file = pathlib.Path(directory, name)
		    text = file.read_text()
		    for pattern, replacement in edits:
		        text, found = re.subn(pattern, lambda match: replacement, text)
		        if not found:
		            sys.exit(f"{name}: nothing is edited by {pattern}")
		    file.write_text(text)

		imports, members = pathlib.Path(work, "Channel.java").read_text().split("\n\n", 1)
		edit("pom.xml", (r"<artifactId>secure-grpc-spring-boot-starter</artifactId>", pathlib.Path(work, "artifact.xml").read_text().strip()))
		edit(java, (r"import net\.devh\..*GrpcClient;\n", imports + "\n"), (r"import net\.devh\..*;\n", ""), (r".*@GrpcClient.*\n", members))
		edit("src/main/resources/application.yml", (r"(?s)^grpc:.*?\n\n", pathlib.Path(work, "spring.yml").read_text() + "\n"))
	PYTHON
}

# module NAME ENGINE BOOT: of the build that finds the class paths
module() {
	mkdir -p "$work/paths/$1"
	sed -e "/<parent>/,/<\/parent>/s#<version>.*<#<version>$3<#" -e "s#<artifactId>hello<#<artifactId>$1<#" "$work/$2/pom.xml" \
		>"$work/paths/$1/pom.xml"
	modules+="<module>$1</module>"
}

# launch JAVA NAME ENGINE ARGUMENT...: in the background
launch() {
	! (exec 3<>/dev/tcp/127.0.0.1/9090) 2>/dev/null || fail "port 9090 is in use (expected: free for the application)"
	rm -f "$work/paths/$2/log"
	(cd "$work/$3" && exec "$1" -XX:TieredStopAtLevel=1 -cp "target/classes:$(<"$work/paths/$2/path")" hello.HelloApplication \
		"${settings[@]}" "${@:4}" </dev/null >"$work/paths/$2/log" 2>&1) &
	running=$!
}

# refuses JAVA NAME ENGINE TEXT ARGUMENT...
refuses() {
	local log=$work/paths/$2/log status=0
	launch "$1" "$2" "$3" "${@:5}"
	wait "$running" || status=$?
	running=''
	((status != 0)) || fail "$2 ends with 0" "$log"
	! grep -q '^Hello' "$log" || fail "$2 starts" "$log"
	grep -q 'APPLICATION FAILED TO START' "$log" || fail "$2: no analysis of the failure" "$log"
	grep -qF "$4" "$log" || fail "$2: not refused for: $4" "$log"
	echo "ok: $2 is refused on $1: $4"
}

get() {
	curl -fsS --noproxy '*' --max-time 5 "http://127.0.0.1:9091/actuator/$1"
}

# serves JAVA NAME ENGINE ARGUMENT...
serves() {
	local log=$work/paths/$2/log
	launch "$@"
	await "$work/paths/$2" '^Hello, client$'
	speaks_mutual_tls "$work/paths/$2"
	[[ $(get health/grpcCertificates) == *'"server":{"status":"UP"}'* ]] || fail "$2: health has no certificates" "$log"
	[[ $(get "metrics/$meter") == *'"value":'* ]] || fail "$2: no meter $meter" "$log"
	! grep -E ' (WARN|ERROR) ' "$log" || fail "$2: nothing should be warned of" "$log"
	stop
	echo "ok: $2 serves, calls, has health and meters on $1"
}

# serves_in_its_container JAVA NAME ENGINE: over the container's TLS, which secure-grpc's channel trusts
serves_in_its_container() {
	local own=$work/$3-in-container
	cp -r "$work/$3" "$own"
	python3 - "$own/target/classes/application.yml" <<-'PYTHON'
		import pathlib, re, sys
		file = pathlib.Path(sys.argv[1])
		text, found = re.subn(r"(?m)^  server:\n(    (cert|key|ca):.*\n)+", "", file.read_text())
		if not found:
		    sys.exit("nothing of secure-grpc.server is there to be removed")
		file.write_text(text)
	PYTHON
	launch "$1" "$2" "${own##*/}" --server.ssl.bundle=web --server.ssl.client-auth=need --server.http2.enabled=true \
		--spring.ssl.bundle.pem.web.keystore.certificate=certs/server.crt \
		--spring.ssl.bundle.pem.web.keystore.private-key=certs/server.key \
		--spring.ssl.bundle.pem.web.truststore.certificate=certs/CA.crt \
		--spring.grpc.client.channel.greeter.target=static://127.0.0.1:9091
	await "$work/paths/$2" 'Established secure gRPC connection to greeter'
	stop
	echo "ok: $2 serves in its container, which has TLS, on $1"
}

# ---- build

(($# > 0)) || fail "no java (expected: the path of one or more)"
write_files "$work/devh"
write_files "$work/boot"
on_boot_grpc "$work/boot"
modules=''
for engine in devh boot; do
	(cd "$work/$engine" && "${java[@]}" -jar "$root/certs/target/secure-grpc-certs.jar" mutual >certs.log 2>&1) ||
		fail "mutual fails" "$work/$engine/certs.log"
	with_web "$work/$engine"
	sed -i "/<parent>/,/<\/parent>/s#<version>.*<#<version>$built_below<#" "$work/$engine/pom.xml"
	(cd "$work/$engine" && "$maven" -q -B -ntp compile </dev/null) >"$work/$engine/log" 2>&1 ||
		fail "the application with the engine $engine cannot be built" "$work/$engine/log"
done
for boot in "${of_devh[@]}"; do
	module "devh-$boot" devh "$boot"
done
for boot in "${of_boot[@]}"; do
	module "boot-$boot" boot "$boot"
done
module boot-4.1.0-without-bom boot 4.1.0
sed -i -e '/<dependencyManagement>/,/<\/dependencyManagement>/d' \
	-e 's#secure-grpc-boot-grpc-spring-boot-starter</artifactId>#&<version>0.1.0</version>#' \
	"$work/paths/boot-4.1.0-without-bom/pom.xml"
module boot-servlet boot "$built_below"
cat >"$work/servlet.xml" <<XML
		<dependency>
			<groupId>io.grpc</groupId>
			<artifactId>grpc-servlet-jakarta</artifactId>
			<version>$of_servlet</version>
		</dependency>
XML
sed -i "/<artifactId>spring-boot-starter-web<\/artifactId>/,/<\/dependency>/{
	/<\/dependency>/r $work/servlet.xml
}" "$work/paths/boot-servlet/pom.xml"
cat >"$work/paths/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>hello</groupId>
	<artifactId>paths</artifactId>
	<version>1</version>
	<packaging>pom</packaging>
	<modules>$modules</modules>
</project>
XML
(cd "$work/paths" && "$maven" -q -B -ntp dependency:build-classpath -Dmdep.outputFile=path -Dmdep.includeScope=runtime </dev/null) \
	>"$work/paths/log" 2>&1 || fail "the class paths cannot be resolved" "$work/paths/log"

# ---- run

refuses "$1" boot-4.1.0-without-bom boot 'Import io.github.securegrpc:secure-grpc-bom before other BOMs'
refuses "$1" boot-servlet boot 'Set spring.grpc.server.servlet.enabled=false' --server.http2.enabled=true
serves "$1" boot-servlet boot --spring.grpc.server.servlet.enabled=false
serves_in_its_container "$1" boot-servlet boot
for candidate; do
	for boot in "${of_devh[@]}"; do
		if [[ $boot == 3.* ]]; then
			refuses "$candidate" "devh-$boot" devh "Spring Boot is $boot (expected: 4.0 or later"
		else
			serves "$candidate" "devh-$boot" devh
		fi
	done
	for boot in "${of_boot[@]}"; do
		serves "$candidate" "boot-$boot" boot
	done
done
