#!/bin/sh
#
# Tests ./mvnw with archives made here: a Maven that writes down how it was called. Needs a JDK, curl
# and sha512sum, no network.
#
#   MVNW_TEST_ARCHIVE  the real archive of the pinned Maven: tests the pinned SHA-512 and this Maven too

set -u

root=$(CDPATH='' cd -- "$(dirname "$0")/../.." && pwd -P)
work=$(mktemp -d) || exit 1
server=''
trap 'rm -rf "$work"; [ -z "$server" ] || kill "$server" 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
unset JAVA_HOME MAVEN_USER_HOME MAVEN_OPTS MAVEN_ARGS MVNW_REPOURL MVNW_PROBE CDPATH
passed=0
failed=0

# ---- what the cases are made of

java_home=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = *//p')
[ -x "$java_home/bin/javac" ] || { echo "no JDK found: set JAVA_HOME to one" >&2; exit 1; }
command -v curl >/dev/null || { echo "no curl found: install it" >&2; exit 1; }

# A PATH with the tools that the script may need and no others.
tools='sh bash sed tr head cat dirname readlink mkdir mktemp mv rm tar gzip ls expr uname env'
mkdir "$work/tools" "$work/curl" "$work/sums" "$work/none"
for tool in $tools; do
	ln -s "$(command -v "$tool")" "$work/tools/$tool"
done
ln -s "$(command -v curl)" "$work/curl/curl"
ln -s "$(command -v sha512sum)" "$work/sums/sha512sum"

# program FILE: makes FILE an executable script from standard input
program() {
	mkdir -p "$(dirname "$1")"
	{ echo '#!/bin/sh'; cat; } >"$1"
	chmod +x "$1"
}

# fake_mvn DIRECTORY FIRST_LINE: an mvn that answers --version with FIRST_LINE and writes down any other call
fake_mvn() {
	printf '%s\n' "$2" >"$work/answer-$(basename "$1")"
	program "$1/mvn" <<-SCRIPT
		if [ "\$*" = --version ]; then cat "$work/answer-$(basename "$1")"; exit; fi
		echo installed >"$work/called"
		echo "\$PWD" >>"$work/called"
		for argument; do printf '<%s>\n' "\$argument" >>"$work/called"; done
		exit "\${FAKE_EXIT:-0}"
	SCRIPT
}

# fake_java DIRECTORY VERSION: a JDK that only says its version
fake_java() {
	program "$1/bin/java" <<-SCRIPT
		printf '    java.home = %s\n    java.specification.version = %s\n' "$1" "$2" >&2
	SCRIPT
	program "$1/bin/javac" </dev/null
}

# project DIRECTORY [SHA512]: a project with the wrapper, whose pinned Maven is the fake archive
project() {
	mkdir -p "$1/.mvn"
	cp "$root/mvnw" "$1/mvnw"
	printf '%s\n' '# a comment' minimumMavenVersion=3.8.7 mavenVersion=9.9.9 "mavenSha512=${2:-$sum}" \
		>"$1/.mvn/wrapper.properties"
}

place=org/apache/maven/apache-maven/9.9.9
name=apache-maven-9.9.9
mkdir -p "$work/repo/$place" "$work/half/$place" "$work/shape/$place"
program "$work/build/$name/bin/mvn" <<-SCRIPT
	echo downloaded >"$work/called"
	echo "\$PWD" >>"$work/called"
	for argument; do printf '<%s>\n' "\$argument" >>"$work/called"; done
	exit "\${FAKE_EXIT:-0}"
SCRIPT
(cd "$work/build" && tar -czf "$work/repo/$place/$name-bin.tar.gz" "$name")
archive=$work/repo/$place/$name-bin.tar.gz
sum=$(sha512sum <"$archive" | sed 's/ .*//')
head -c 200 "$archive" >"$work/half/$place/$name-bin.tar.gz"
(cd "$work/build/$name" && tar -czf "$work/shape/$place/$name-bin.tar.gz" bin)
shape_sum=$(sha512sum <"$work/shape/$place/$name-bin.tar.gz" | sed 's/ .*//')

project "$work/a project"
project "$work/wrong" "$(printf '%0128d' 0)"
project "$work/shaped" "$shape_sum"
fake_mvn "$work/new" 'Apache Maven 3.9.9 (8e8579a9e76f7d015ee5ec7bfcdc97d260186937)'
fake_mvn "$work/old" 'Apache Maven 3.8.6 (84538c9988a25aec085021c365c560670ad80f63)'
program "$work/broken/mvn" <<-'SCRIPT'
	echo 'Error: Could not find or load main class' >&2
	exit 1
SCRIPT
program "$work/silent/mvn" </dev/null
program "$work/circle/mvn" <<-SCRIPT
	[ "\${ROUND:-}" != xx ] || { : >"$work/turned"; exit 1; }
	export ROUND="x\${ROUND:-}"
	exec "$work/a project/mvnw" "\$@"
SCRIPT
fake_java "$work/jdk8" 1.8
fake_java "$work/jdk11" 11
fake_java "$work/jre17" 17
rm "$work/jre17/bin/javac"
program "$work/java-broken/bin/java" <<-'SCRIPT'
	echo 'error while loading shared libraries: libjli.so' >&2
	exit 127
SCRIPT

# ---- how a case is run and judged

# run PATH [NAME=VALUE...] -- COMMAND...: leaves $status, $work/out, $work/err, $work/called; every run has a new home
# unless $home is set
run() {
	path=$1
	shift
	rm -f "$work/called"
	[ -n "${home:-}" ] || rm -rf "${work:?}/home"
	mkdir -p "$work/home"
	env -i PATH="$path:$work/tools" HOME="$work/home" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

ok() {
	passed=$((passed + 1))
	echo "ok     $case_name"
}

not_ok() {
	failed=$((failed + 1))
	echo "FAILED $case_name: $1"
	sed 's/^/         /' "$work/out" "$work/err"
}

# ran WHICH [ARGUMENT...]: the last run ended well and called WHICH Maven in $here with exactly these arguments
ran() {
	{
		echo "$1"
		shift
		echo "$here"
		for argument; do printf '<%s>\n' "$argument"; done
	} >"$work/expected"
	if [ "$status" -ne "${code:-0}" ]; then
		not_ok "exit code $status, expected ${code:-0}"
	elif ! cmp -s "$work/expected" "$work/called"; then
		not_ok "called: $(cat "$work/called" 2>&1)"
	elif [ -n "$(leftovers)" ]; then
		not_ok "left behind: $(leftovers)"
	else
		ok
	fi
}

# refused TEXT...: the last run called no Maven, left nothing to be taken later, and its error has each TEXT
refused() {
	if [ "$status" -ne 1 ]; then
		not_ok "exit code $status, expected 1"
		return
	elif [ -e "$work/called" ]; then
		not_ok "Maven was called"
		return
	elif [ -n "$(leftovers)" ] || [ -n "$(find "$work/home" -name mvn)" ]; then
		not_ok "left behind: $(find "$work/home" -type f)"
		return
	fi
	for text; do
		if ! grep -qF -e "$text" "$work/err"; then
			not_ok "its error does not say '$text'"
			return
		fi
	done
	ok
}

leftovers() {
	find "$work/home" -name '.download.*' -o -name '*.tar.gz'
}

real="$java_home/bin"
repo="MVNW_REPOURL=file://$work/repo"
here=$work/a\ project
cd "$here" || exit 1

# ---- the installed Maven

case_name='an installed Maven that is new enough is used'
run "$work/new:$real" ./mvnw verify
ran installed verify

case_name='the Maven of this machine is used, or the one it is told to use is named'
if command -v mvn >/dev/null; then
	run "$(dirname "$(command -v mvn)"):$real:$work/curl:$work/sums" "MVNW_REPOURL=file://$work/none" ./mvnw --version
	if { [ "$status" -eq 0 ] && grep -q 'Apache Maven [3-9]' "$work/out"; } ||
		grep -q 'using Maven 9.9.9 instead' "$work/err"; then ok; else not_ok "exit code $status"; fi
else
	run "$real:$work/curl:$work/sums" "$repo" ./mvnw --version
	ran downloaded --version
fi

escape=$(printf '\033')
for version in "3.8.7" "3.8.7-1ubuntu1 (x)" "3.8.10" "3.9" "4.0.0-rc-3 (bd4a7b1)" "10.0" "${escape}[1m3.9.1${escape}[m"; do
	case_name="Maven $(printf '%s' "$version" | tr -d '\033') is new enough"
	fake_mvn "$work/some" "Apache Maven $version"
	run "$work/some:$real" ./mvnw test
	ran installed test
done

case_name='a version in bold with a warning before it is understood'
fake_mvn "$work/some" "WARNING: something
${escape}[1mApache Maven 3.8.7${escape}[m"
run "$work/some:$real" ./mvnw test
ran installed test

for version in "3.8.6" "3.8" "3.6.3 (x)" "2.99.99" "3.8-rc-1"; do
	case_name="Maven $version is too old, the pinned one is used and the reason said"
	fake_mvn "$work/some" "Apache Maven $version"
	run "$work/some:$real:$work/curl:$work/sums" "$repo" ./mvnw test
	if grep -qF "is Maven ${version%% *} (expected: 3.8.7 or newer), using Maven 9.9.9 instead" "$work/err"; then
		ran downloaded test
	else
		not_ok 'the reason is not said'
	fi
done

for mvn in broken silent circle; do
	case_name="an mvn that is $mvn is passed over"
	run "$work/$mvn:$real:$work/curl:$work/sums" "$repo" ./mvnw test
	if [ -e "$work/turned" ]; then not_ok 'it turned in a circle'; else ran downloaded test; fi
done

case_name='options of the caller do not reach the question for the version'
program "$work/options/mvn" <<-SCRIPT
	[ "\$*" != --version ] || [ -z "\$MAVEN_OPTS\$MAVEN_ARGS" ] || exit 1
	exec "$work/new/mvn" "\$@"
SCRIPT
run "$work/options:$real" MAVEN_OPTS=-Xdebug MAVEN_ARGS=-q ./mvnw test
ran installed test

# ---- arguments, exit code, directories

for which in new none; do
	case $which in new) maven=installed ;; none) maven=downloaded ;; esac
	path="$work/$which:$real:$work/curl:$work/sums"

	case_name="$maven: arguments arrive as they were given"
	# shellcheck disable=SC2016 # $HOME is such an argument
	run "$path" "$repo" ./mvnw -Dname='two words' '' "it's \"quoted\"" '*' '$HOME' 'back\slash' "line
break" --
	# shellcheck disable=SC2016
	ran "$maven" -Dname='two words' '' "it's \"quoted\"" '*' '$HOME' 'back\slash' "line
break" --

	case_name="$maven: no argument stays no argument"
	run "$path" "$repo" ./mvnw
	ran "$maven"

	case_name="$maven: the exit code is Maven's"
	code=42
	run "$path" "$repo" FAKE_EXIT=42 ./mvnw verify
	ran "$maven" verify
	code=0

	case_name="$maven: runs in the caller's directory"
	mkdir -p "$work/else where"
	cd "$work/else where" || exit 1
	here=$PWD
	run "$path" "$repo" "../a project/mvnw" -f x
	ran "$maven" -f x

	case_name="$maven: runs through a symbolic link"
	ln -sf '../a project/mvnw' "$work/else where/link"
	run "$path" "$repo" ./link test
	ran "$maven" test

	case_name="$maven: runs as an argument of sh, with CDPATH set"
	cd "$work/a project" || exit 1
	here=$PWD
	run "$path" "$repo" CDPATH="$work:/" sh mvnw test
	ran "$maven" test
done

case_name='Maven reads standard input, the question for its version does not'
program "$work/input/mvn" <<-SCRIPT
	if [ "\$*" = --version ]; then cat >/dev/null; echo 'Apache Maven 3.9.9'; else cat; fi
SCRIPT
answer=$(echo typed | env -i PATH="$work/input:$real:$work/tools" HOME="$work/home" ./mvnw shell:run)
if [ "$answer" = typed ]; then ok; else not_ok "Maven read '$answer'"; fi

# ---- the download

case_name='a second run takes what the first downloaded'
run "$real:$work/curl:$work/sums" "$repo" ./mvnw first
home=kept
run "$real" ./mvnw second
ran downloaded second

case_name='another pinned sum is another download'
run "$real:$work/curl:$work/sums" "$repo" "$work/wrong/mvnw" test
if [ "$status" -eq 1 ] && grep -q 'wrong SHA-512' "$work/err"; then ok; else not_ok 'the old download was taken'; fi
home=''

case_name='MAVEN_USER_HOME says where the download is kept'
run "$real:$work/curl:$work/sums" "$repo" MAVEN_USER_HOME="$work/home/a cache" ./mvnw test
if [ -x "$work/home/a cache/wrapper/dists/$name-$(printf '%.16s' "$sum")/$name/bin/mvn" ] && [ ! -e "$work/home/.m2" ]
then ran downloaded test; else not_ok 'it is not there'; fi

case_name='a repository address with a slash at its end works'
run "$real:$work/curl:$work/sums" "$repo/" ./mvnw test
ran downloaded test

case_name='a wrong checksum names both sums and nothing is unpacked'
run "$real:$work/curl:$work/sums" "$repo" "$work/wrong/mvnw" test
refused 'wrong SHA-512 and was removed' "expected: 0000000000" "actual:   $sum" "file://$work/repo/$place"

case_name='half an archive has the wrong checksum'
run "$real:$work/curl:$work/sums" "MVNW_REPOURL=file://$work/half" ./mvnw test
refused 'wrong SHA-512'

case_name='an archive of another shape is refused'
run "$real:$work/curl:$work/sums" "MVNW_REPOURL=file://$work/shape" "$work/shaped/mvnw" test
refused "holds no $name/bin/mvn"

case_name='an address without an archive is named'
run "$real:$work/curl:$work/sums" "MVNW_REPOURL=file://$work/none" ./mvnw test
refused "file://$work/none/$place/$name-bin.tar.gz cannot be downloaded" 'set MVNW_REPOURL'

case_name='an interrupted download is removed and not taken later'
program "$work/slow/curl" <<-SCRIPT
	while [ "\$1" != -o ]; do shift; done
	cp "$work/half/$place/$name-bin.tar.gz" "\$2"
	: >"$work/started"
	sleep 1
SCRIPT
ln -s "$(command -v cp)" "$work/slow/cp"
ln -s "$(command -v sleep)" "$work/slow/sleep"
rm -rf "${work:?}/home" "$work/called"
env -i PATH="$work/slow:$real:$work/sums:$work/tools" HOME="$work/home" ./mvnw test >"$work/out" 2>"$work/err" &
interrupted=$!
turns=0
while [ ! -e "$work/started" ] && [ $turns -lt 100 ]; do
	turns=$((turns + 1))
	sleep 0.1
done
kill -TERM "$interrupted"
wait "$interrupted"
status=$?
if [ "$status" -eq 143 ] && [ -z "$(leftovers)" ]; then
	home=kept
	run "$real:$work/curl:$work/sums" "$repo" ./mvnw test
	home=''
	ran downloaded test
else
	not_ok "exit code $status, left behind: $(leftovers)"
fi

case_name='eight runs at once all use one whole Maven'
rm -rf "${work:?}/home"
rm -f "$work/codes"
for one in 1 2 3 4 5 6 7 8; do
	{
		env -i PATH="$real:$work/curl:$work/sums:$work/tools" HOME="$work/home" "$repo" ./mvnw $one \
			>>"$work/out" 2>>"$work/err"
		echo $? >>"$work/codes"
	} &
	others="${others:-} $!"
done
# shellcheck disable=SC2086 # a list of process ids
wait $others
if [ "$(grep -c '^0$' "$work/codes")" -eq 8 ] && [ "$(find "$work/home" -name mvn | wc -l)" -eq 1 ] &&
	[ -z "$(leftovers)" ]; then ok; else not_ok "exit codes: $(tr '\n' ' ' <"$work/codes")"; fi

case_name='a cache that cannot be written is named'
: >"$work/file"
run "$real:$work/curl:$work/sums" "$repo" MAVEN_USER_HOME="$work/file" ./mvnw test
refused "$work/file/wrapper/dists" 'cannot be written' 'MAVEN_USER_HOME'

# ---- over HTTP: curl, wget, and a server that goes away half way

cat >"$work/Server.java" <<-'SOURCE'
	import com.sun.net.httpserver.HttpServer;
	import java.net.InetSocketAddress;
	import java.nio.file.Files;
	import java.nio.file.Path;

	class Server {

		public static void main(String[] args) throws Exception {
			HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
			server.createContext("/", (exchange) -> {
				String path = exchange.getRequestURI().getPath();
				byte[] content = Files.readAllBytes(Path.of(args[0], path.replaceFirst("^/[a-z]+/", "")));
				exchange.sendResponseHeaders(200, content.length);
				int length = path.startsWith("/half/") ? content.length / 2 : content.length;
				exchange.getResponseBody().write(content, 0, length);
				exchange.getResponseBody().flush();
				exchange.close();
			});
			server.start();
			Files.writeString(Path.of(args[1]), server.getAddress().getPort() + "\n");
		}

	}
SOURCE
"$java" "$work/Server.java" "$work/repo" "$work/port" >"$work/server.log" 2>&1 &
server=$!
turns=0
while [ ! -s "$work/port" ] && [ $turns -lt 300 ] && kill -0 "$server" 2>/dev/null; do
	turns=$((turns + 1))
	sleep 0.1
done
[ -s "$work/port" ] || cat "$work/server.log"
http=http://127.0.0.1:$(cat "$work/port")

case_name='curl over HTTP'
run "$real:$work/curl:$work/sums" "MVNW_REPOURL=$http/whole" ./mvnw test
ran downloaded test

case_name='curl: a connection lost half way is a failed download'
run "$real:$work/curl:$work/sums" "MVNW_REPOURL=$http/half" ./mvnw test
refused "$http/half/$place/$name-bin.tar.gz cannot be downloaded"

# Without a wget on this machine, a stand-in that takes the same options.
mkdir "$work/wget"
if command -v wget >/dev/null; then
	ln -s "$(command -v wget)" "$work/wget/wget"
else
	program "$work/wget/wget" <<-SCRIPT
		[ "\$1 \$2 \$3 \$4" = "-q -T 30 -O" ] || exit 2
		exec "$work/curl/curl" -fsS -o "\$5" "\$6"
	SCRIPT
fi

case_name='wget over HTTP where there is no curl'
run "$real:$work/wget:$work/sums" "MVNW_REPOURL=$http/whole" ./mvnw test
ran downloaded test

case_name='neither curl nor wget is said'
run "$real:$work/sums" "$repo" ./mvnw test
refused 'neither curl nor wget was found' 'Install one of them'

# ---- the tools for the sum

program "$work/shasum/shasum" <<-SCRIPT
	[ "\$1 \$2" = "-a 512" ] && exec "$work/sums/sha512sum"
SCRIPT
program "$work/openssl/openssl" <<-SCRIPT
	[ "\$*" = "dgst -sha512 -r" ] && "$work/sums/sha512sum" | sed 's/ .*/ *stdin/'
SCRIPT
for tool in shasum openssl; do
	if command -v $tool >/dev/null; then
		ln -sf "$(command -v $tool)" "$work/$tool/$tool"
	fi
	case_name="$tool computes the sum where there is no sha512sum"
	run "$real:$work/curl:$work/$tool" "$repo" ./mvnw test
	ran downloaded test

	case_name="$tool sees a wrong sum"
	run "$real:$work/curl:$work/$tool" "$repo" "$work/wrong/mvnw" test
	refused 'wrong SHA-512' "actual:   $sum"
done

case_name='no tool for the sum is said before anything is downloaded'
run "$real:$work/curl" "$repo" ./mvnw test
refused 'none of sha512sum, shasum and openssl was found'

# ---- Java

case_name='JAVA_HOME wins over the PATH'
run "$work/new:$work/jdk8/bin" JAVA_HOME="$java_home" ./mvnw test
ran installed test

case_name='no Java is said'
run "$work/new" ./mvnw test
refused 'no Java' 'JAVA_HOME is not set' 'Install a JDK 17 or newer'

case_name='a JAVA_HOME that is no directory of a JDK is named'
run "$work/new:$real" JAVA_HOME="$work/no such" ./mvnw test
refused "JAVA_HOME: $work/no such (expected: the directory of a JDK 17 or newer" 'unset it'

for version in 8 11; do
	case_name="Java $version is too old on the PATH"
	run "$work/new:$work/jdk$version/bin" ./mvnw test
	refused "java on the PATH: $work/jdk$version/bin/java is Java" '(expected: 17 or newer)' 'Install a JDK 17'

	case_name="Java $version is too old in JAVA_HOME"
	run "$work/new:$real" JAVA_HOME="$work/jdk$version" ./mvnw test
	refused "JAVA_HOME: $work/jdk$version is Java" '(expected: 17 or newer)'
done

case_name='a runtime without a compiler is told from a JDK'
run "$work/new:$work/jre17/bin" ./mvnw test
refused 'without a compiler' '(expected: a JDK)'

case_name='a java that does not run says what it said'
run "$work/new:$work/java-broken/bin" ./mvnw test
refused 'does not run' 'libjli.so'

case_name='JAVA_TOOL_OPTIONS does not hide the version'
run "$work/new:$real" JAVA_TOOL_OPTIONS=-Dsome=thing ./mvnw test
ran installed test

# ---- the properties

case_name='a checksum that is none is refused before the download'
project "$work/short" abc
run "$real:$work/curl:$work/sums" "$repo" "$work/short/mvnw" test
refused "mavenSha512: 'abc' (expected: 128 hexadecimal digits)"

case_name='missing properties are named'
rm "$work/short/.mvn/wrapper.properties"
run "$real:$work/curl:$work/sums" "$repo" "$work/short/mvnw" test
refused "$work/short/.mvn/wrapper.properties: missing"

case_name='properties with Windows line ends are read'
project "$work/windows"
sed "s/\$/$(printf '\r')/" "$work/a project/.mvn/wrapper.properties" >"$work/windows/.mvn/wrapper.properties"
run "$real:$work/curl:$work/sums" "$repo" "$work/windows/mvnw" test
ran downloaded test

case_name='the properties of this project are well formed'
run "$work/new:$real" "$root/mvnw" test
ran installed test

# ---- the real archive, where it is given

if [ -n "${MVNW_TEST_ARCHIVE:-}" ]; then
	version=$(sed -n 's/^mavenVersion=//p' "$root/.mvn/wrapper.properties")
	place=org/apache/maven/apache-maven/$version
	mkdir -p "$work/real/$place"
	ln -s "$MVNW_TEST_ARCHIVE" "$work/real/$place/apache-maven-$version-bin.tar.gz"
	case_name="the pinned SHA-512 is that of $MVNW_TEST_ARCHIVE and Maven $version runs"
	run "$real:$work/curl:$work/sums" "MVNW_REPOURL=file://$work/real" "$root/mvnw" --version
	if [ "$status" -eq 0 ] && grep -q "Apache Maven $version" "$work/out"; then ok; else not_ok "exit code $status"; fi
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
