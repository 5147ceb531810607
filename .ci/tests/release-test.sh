#!/usr/bin/env bash
#
# Stages what a release publishes into a temporary directory, signed with a key that is made here and thrown away, and
# checks it: all files of each module, their signatures, and in the POMs what public repositories ask for. Needs gpg and
# python3.

set -euo pipefail

published=(secure-grpc secure-grpc-bom secure-grpc-boot-grpc-spring-boot-starter secure-grpc-certs secure-grpc-migration
	secure-grpc-spring-boot-autoconfigure secure-grpc-spring-boot-starter)

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
export GNUPGHOME=$work/gnupg
unset MAVEN_GPG_KEY MAVEN_GPG_KEY_FINGERPRINT MAVEN_GPG_PASSPHRASE

finish() {
	gpgconf --kill all >/dev/null 2>&1 || true
	rm -rf "$work"
}
trap finish EXIT

fail() {
	[[ ! -f ${2:-} ]] || tail -n 60 "$2" >&2
	printf '%s: %s\n' "${0##*/}" "$1" >&2
	exit 1
}

# ---- stage

mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key 'throw-away <nobody@localhost>' ed25519 sign 1d 2>"$work/log" ||
	fail "no key can be made" "$work/log"
./mvnw -B -ntp -Prelease -Dmaven.test.skip -DaltDeploymentRepository="staging::file://$work/staging" deploy \
	</dev/null >"$work/log" 2>&1 || fail "the release cannot be staged" "$work/log"

# ---- what is there

group=$work/staging/io/github/securegrpc
found=$(cd "$group" && printf '%s ' *)
[[ $found == "${published[*]} " ]] || fail "published: $found(expected: ${published[*]})"
echo "ok: published are ${published[*]}, neither sample nor benchmarks"

python3 - "$group" <<'PYTHON' || fail "that is not fit to be published"
import json, pathlib, sys, zipfile
from xml.etree import ElementTree

ASKED = ["url", "licenses/license/name", "licenses/license/url", "developers/developer/name", "scm/connection",
	"scm/developerConnection", "scm/url"]
objections = []


def text(pom, path):
	return pom.findtext("/".join("{*}" + part for part in path.split("/")), "").strip()


def check(good, objection):
	if not good:
		objections.append(objection)


def check_pom(file, poms):
	pom = poms[file]
	for path in ["name", "description"]:
		check(text(pom, path), f"{file.name}: no {path} of its own")
	parents = [other for other in poms.values() if text(other, "artifactId") == text(pom, "parent/artifactId")]
	for path in ASKED:
		check(any(text(other, path) for other in [pom, *parents]), f"{file.name}: no {path}")
	check("-SNAPSHOT" not in file.read_text(), f"{file.name}: a SNAPSHOT")


def check_jar(jar, content):
	if not jar.is_file():
		check(False, f"{jar.name}: missing")
		return
	entries = zipfile.ZipFile(jar).infolist()
	check("-starter-" in jar.name or any(entry.filename.endswith(content) for entry in entries),
		f"{jar.name}: no {content} in it")
	check(all(entry.date_time[:3] == day for entry in entries), f"{jar.name}: entries of another day than {day}")


def check_sbom(sbom, module):
	content = json.loads(sbom.read_text()) if sbom.is_file() else {"components": []}
	check(content["components"] and content["metadata"]["component"]["name"] == module,
		f"{sbom.name}: missing, or not the components of {module}")


poms = {file: ElementTree.parse(file).getroot() for file in pathlib.Path(sys.argv[1]).glob("*/*/*.pom")}
stamp = text(ElementTree.parse("pom.xml").getroot(), "properties/project.build.outputTimestamp")
day = tuple(int(part) for part in stamp[:10].split("-"))
for file, pom in poms.items():
	check_pom(file, poms)
	if text(pom, "packaging") != "pom":
		for suffix, content in [("", ".class"), ("-sources", ".java"), ("-javadoc", "index.html")]:
			check_jar(file.with_name(f"{file.stem}{suffix}.jar"), content)
		check_sbom(file.with_name(f"{file.stem}-cyclonedx.json"), text(pom, "artifactId"))
check(len(poms) > 0, "no POM")
sys.exit("\n".join(objections) or 0)
PYTHON
echo "ok: jar, sources, javadoc, POM and SBOM, and in the POMs what public repositories ask for"

signed=0
while IFS= read -r -d '' file; do
	gpg --batch --quiet --verify "$file.asc" "$file" 2>"$work/log" || fail "${file##*/} is not signed" "$work/log"
	signed=$((signed + 1))
done < <(find "$group" -type f \( -name '*.pom' -o -name '*.jar' -o -name '*.json' \) -print0)
((signed > 0)) || fail "nothing is signed"
echo "ok: $signed signatures verify"
