package io.github.securegrpc.material;

import java.util.Locale;

/**
 * What is in use, in words for one log line: names and expiry of the leaf, the number of
 * trust anchors and revocation lists, and where each came from.
 *
 * @since 0.1.0
 */
public final class MaterialSummary {

	private MaterialSummary() {
	}

	/**
	 * Describes material.
	 * @param material the material
	 * @param origin where it came from
	 * @param withoutAnchors what it means to have no trust anchors
	 * @return the description
	 */
	public static String of(TlsMaterial material, MaterialOrigin origin, String withoutAnchors) {
		return "%s, trust anchors: %s%s".formatted(identity(material, origin), (material.trustAnchors() != null)
				? "%d from %s".formatted(material.trustAnchors().certificates().size(), origin.ca()) : withoutAnchors,
				revocationLists(material, origin));
	}

	private static String revocationLists(TlsMaterial material, MaterialOrigin origin) {
		RevocationLists lists = material.revocationLists();
		return (lists == null) ? "" : ", CRLs: %d from %s, %s".formatted(lists.lists().size(), origin.crl(),
				lists.policy().name().toLowerCase(Locale.ROOT));
	}

	private static String identity(TlsMaterial material, MaterialOrigin origin) {
		if (material.identity() == null) {
			return "no certificate";
		}
		return "leaf %s expires %s, cert from %s, key from %s".formatted(
				SubjectAlternativeNames.of(material.identity().leaf()), material.identity().expiry(), origin.cert(),
				origin.key());
	}

}
