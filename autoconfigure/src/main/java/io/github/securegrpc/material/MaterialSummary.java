package io.github.securegrpc.material;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * What is in use, in words for one log line: names and expiry of the leaf, the number of
 * trust anchors and revocation lists, and where they came from.
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
		String sources = sources(origin);
		return "%s, trust anchors: %s%s%s".formatted(identity(material),
				(material.trustAnchors() != null) ? material.trustAnchors().certificates().size() : withoutAnchors,
				revocationLists(material), sources.isEmpty() ? "" : "; " + sources);
	}

	private static String revocationLists(TlsMaterial material) {
		RevocationLists lists = material.revocationLists();
		return (lists == null) ? ""
				: ", CRLs: %d, %s".formatted(lists.lists().size(), lists.policy().name().toLowerCase(Locale.ROOT));
	}

	private static String identity(TlsMaterial material) {
		Identity identity = material.identity();
		return (identity == null) ? "no certificate"
				: "leaf %s expires %s".formatted(SubjectAlternativeNames.of(identity.leaf()), identity.expiry());
	}

	/* Each source once, with all that comes from there. */
	private static String sources(MaterialOrigin origin) {
		Map<String, List<String>> parts = new LinkedHashMap<>();
		add(parts, "cert", origin.cert());
		add(parts, "key", origin.key());
		add(parts, "ca", origin.ca());
		add(parts, "crl", origin.crl());
		return parts.entrySet()
			.stream()
			.map((source) -> "%s from %s".formatted(String.join(", ", source.getValue()), source.getKey()))
			.collect(Collectors.joining(", "));
	}

	private static void add(Map<String, List<String>> parts, String part, @Nullable String source) {
		if (source != null) {
			parts.computeIfAbsent(source, (key) -> new ArrayList<>()).add(part);
		}
	}

}
