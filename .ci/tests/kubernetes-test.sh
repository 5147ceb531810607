#!/usr/bin/env bash
#
# Holds docs/kubernetes.yaml against the schemas of Kubernetes, the oldest and the newest at hand, so that a misspelt field
# fails. cert-manager's Certificate has no schema there. Needs python3 with pip.

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
validate_version=1.37.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
	cat "$work/log" >&2
	printf '%s: %s\n' "${0##*/}" "$1" >&2
	exit 1
}

# validate FILE VERSION: whether FILE is right for that Kubernetes; what is objected to is in $work/log
validate() {
	PYTHONPATH=$work/python python3 -m kubernetes_validate --strict --kubernetes-version "$2" "$1" >"$work/log" 2>&1
}

# refuses SED WORD: the manifest, edited, is refused with WORD
refuses() {
	sed -e "$1" docs/kubernetes.yaml >"$work/edited.yaml"
	! cmp -s docs/kubernetes.yaml "$work/edited.yaml" || fail "nothing is edited by $1"
	! validate "$work/edited.yaml" 1.37 || fail "passes, though edited by $1"
	grep -q "$2" "$work/log" || fail "refused for another reason than $2"
}

python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --target "$work/python" \
	"kubernetes-validate==$validate_version" >"$work/log" 2>&1 || fail "kubernetes-validate cannot be installed"

for version in 1.25 1.37; do
	validate docs/kubernetes.yaml "$version" || fail "docs/kubernetes.yaml is not right for Kubernetes $version"
	for resource in deployment/ledger service/ledger; do
		grep -q "passed for resource $resource" "$work/log" || fail "$resource was not looked at"
	done
done
echo "ok: docs/kubernetes.yaml has the fields of Kubernetes"

refuses 's/readOnlyRootFilesystem/readOnlyRootFileSystem/' readOnlyRootFileSystem
refuses 's/runAsUser: 10001/runAsUser: "10001"/' "'10001' is not of type"
refuses 's/clusterIP:/clusterIp:/' clusterIp
refuses '/matchLabels/d; s/^  selector:$/  selektor: {}/' selector
echo "ok: what is misspelt is refused"
