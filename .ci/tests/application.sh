# shellcheck shell=bash
#
# For the tests that start applications, mostly that of docs/first-application.md: its files, and how they are built, started
# and stopped. Sourced.

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
root=$PWD
# shellcheck disable=SC2034 # used by those who source this
page=docs/first-application.md
java=("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1)
export MAVEN_OPTS="${MAVEN_OPTS:-} -XX:TieredStopAtLevel=1"
work=$(mktemp -d)
running=''

# end_others: what else a test has started, to be overridden
end_others() {
	:
}

finish() {
	local status=$?
	end_others
	[[ -z $running ]] || kill "$running" 2>/dev/null || true
	rm -rf "$work"
	exit "$status"
}
trap finish EXIT

fail() {
	[[ ! -f ${2:-} ]] || tail -n 60 "$2" >&2
	printf '%s: %s\n' "${0##*/}" "$1" >&2
	exit 1
}

maven=$root/mvnw
ln -s "$root" "$work/secure-grpc"

# block FILE LANGUAGE WORD: the first block of FILE in LANGUAGE with WORD in it
block() {
	python3 - "$@" <<-'PYTHON'
		import re, sys
		blocks = re.findall(r"```" + sys.argv[2] + r"\n(.*?)```", open(sys.argv[1]).read(), re.S)
		print(next(block for block in blocks if sys.argv[3] in block), end="")
	PYTHON
}

# write_files DIRECTORY: the files of the page, each a block below a line that is its name
write_files() {
	python3 - "$page" "$1" <<-'PYTHON'
		import pathlib, re, sys
		for name, text in re.findall(r"\n`([^`\n]+)`\n\n```\w+\n(.*?)```", open(sys.argv[1]).read(), re.S):
		    file = pathlib.Path(sys.argv[2], name)
		    file.parent.mkdir(parents=True, exist_ok=True)
		    file.write_text(text)
	PYTHON
}

# build DIRECTORY [ARGUMENT...]: with $maven
build() {
	local directory=$1
	shift
	rm -rf "$directory/target"
	(cd "$directory" && "$maven" -B -ntp package "$@" </dev/null) >"$directory/log" 2>&1 ||
		fail "$directory cannot be built" "$directory/log"
	! grep WARNING "$directory/log" || fail "$directory: the build warns" "$directory/log"
}

# run DIRECTORY ARGUMENT...: the application, to its end; its output is in DIRECTORY/log
run() {
	local directory=$1 status=0
	shift
	(cd "$directory" && timeout 60 "${java[@]}" -jar target/*-1.jar "$@" </dev/null >log 2>&1) || status=$?
	return "$status"
}

# start DIRECTORY ARGUMENT...: the application, until its server listens
start() {
	local directory=$1
	shift
	! (exec 3<>/dev/tcp/127.0.0.1/9090) 2>/dev/null || fail "port 9090 is in use (expected: free for the application)"
	rm -f "$directory/log" # await must not read the one before
	(cd "$directory" && exec "${java[@]}" -jar target/hello-1.jar "$@" </dev/null >log 2>&1) &
	running=$!
	await "$directory" 'gRPC Server started'
}

# await DIRECTORY REGEX: until a line of the log matches
await() {
	local end=$((SECONDS + 60))
	until grep -Eqs "$2" "$1/log"; do
		kill -0 "$running" 2>/dev/null || fail "$1 ended before: $2" "$1/log"
		((SECONDS < end)) || fail "$1: not within 60 seconds: $2" "$1/log"
		sleep 0.3
	done
}

stop() {
	kill "$running"
	wait "$running" || true
	running=''
}

# speaks_mutual_tls DIRECTORY: its server, by its log
speaks_mutual_tls() {
	grep -q 'Secure gRPC server: TLS .*client-auth require' "$1/log" || fail "$1 speaks no mutual TLS" "$1/log"
}

# copy_with DIRECTORY FILE EXPRESSION...: the page's application with FILE edited by each expression of sed; each must count
copy_with() {
	local directory=$1 file expression before
	shift
	[[ -d $directory ]] || cp -r "$work/hello" "$directory"
	file=$directory/$1
	shift
	for expression; do
		before=$(<"$file")
		sed -i "$expression" "$file"
		[[ $before != "$(<"$file")" ]] || fail "$file: nothing is edited by $expression"
	done
}

# below_boot DIRECTORY BOOT: the page's application below the parent of that Spring Boot
below_boot() {
	cp -r "$work/hello" "$1"
	sed -i "/<parent>/,/<\/parent>/s#<version>.*<#<version>$2<#" "$1/pom.xml"
	grep -q "<version>$2<" "$1/pom.xml" || fail "$1/pom.xml is not below Spring Boot $2"
}
