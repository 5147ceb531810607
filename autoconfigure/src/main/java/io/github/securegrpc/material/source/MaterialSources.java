package io.github.securegrpc.material.source;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.ValidationMode;

/**
 * Turns the levels of the configuration into a source. Certificate, key and password come
 * together from the nearest level that names a certificate, the trust anchors from the
 * nearest that names any, and so do the revocation lists; a bundle stands for the first
 * two; a fallback fills what is left of those.
 *
 * @since 0.1.0
 */
public final class MaterialSources {

	private final Supplier<SslBundles> bundles;

	private final BundleKeys keys;

	private final ValidationMode validation;

	/**
	 * Creates sources that can read these bundles.
	 * @param bundles the bundles of the application, asked for when one is named
	 */
	public MaterialSources(Supplier<SslBundles> bundles) {
		this(bundles, BundleKeys.NONE, ValidationMode.STRICT);
	}

	MaterialSources(Supplier<SslBundles> bundles, BundleKeys keys, ValidationMode validation) {
		this.bundles = bundles;
		this.keys = keys;
		this.validation = validation;
	}

	/**
	 * Returns the source for one side or channel.
	 * @param nearestFirst the levels that apply, the nearest first
	 * @param fallback supplies what no level names, or {@code null}
	 * @return the source, or {@code null} if there is nothing to load
	 * @throws RefusedException if a level holds half a pair, or a bundle beside another
	 * source
	 */
	public @Nullable TlsMaterialSource resolve(List<MaterialLevel> nearestFirst, @Nullable TlsMaterialSource fallback) {
		nearestFirst.forEach(MaterialLevel::requireWhole);
		MaterialLevel identity = identity(nearestFirst);
		MaterialLevel anchors = anchors(nearestFirst);
		MaterialLevel lists = nearest(nearestFirst, (level) -> level.crl() != null);
		if (identity == null && anchors == null && lists == null) {
			return fallback;
		}
		return new ConfiguredMaterialSource(identityPart(identity, fallback), anchorsPart(anchors, fallback),
				listsPart(lists), origin(identity, anchors, fallback)
					.withCrl((lists != null) ? Location.of(lists, "crl", lists.crl()).toString() : null));
	}

	/**
	 * Returns the options of the bundle in use: the one of the identity, else the one of
	 * the trust anchors.
	 * @param nearestFirst the levels that apply, the nearest first
	 * @return the bundle's options, or empty ones
	 */
	public BundleOptions options(List<MaterialLevel> nearestFirst) {
		return Stream.of(identity(nearestFirst), anchors(nearestFirst))
			.filter(Objects::nonNull)
			.flatMap((level) -> (level.bundle() != null) ? Stream.of(bundle(level, level.bundle())) : Stream.empty())
			.findFirst()
			.map(BundleOptions::of)
			.orElse(BundleOptions.NONE);
	}

	private static @Nullable MaterialLevel identity(List<MaterialLevel> nearestFirst) {
		return nearest(nearestFirst, (level) -> level.namesIdentity() || level.bundle() != null);
	}

	private static @Nullable MaterialLevel anchors(List<MaterialLevel> nearestFirst) {
		return nearest(nearestFirst, (level) -> level.ca() != null || level.bundle() != null);
	}

	private MaterialPart<Identity> identityPart(@Nullable MaterialLevel level, @Nullable TlsMaterialSource fallback) {
		if (level == null) {
			return new FallbackPart<>(fallback, TlsMaterial::identity);
		}
		return (level.bundle() != null) ? new BundleIdentity(bundle(level, level.bundle()))
				: new FilePart<>(new PemIdentity(level));
	}

	private MaterialPart<TrustAnchors> anchorsPart(@Nullable MaterialLevel level,
			@Nullable TlsMaterialSource fallback) {
		if (level == null) {
			return new FallbackPart<>(fallback, TlsMaterial::trustAnchors);
		}
		AnchorSelection selection = new AnchorSelection(this.validation);
		return (level.bundle() != null) ? new BundleTrustAnchors(bundle(level, level.bundle()), selection)
				: new FilePart<>(new PemTrustAnchors(Location.of(level, "ca", level.ca()), selection));
	}

	private static MaterialPart<RevocationLists> listsPart(@Nullable MaterialLevel level) {
		if (level == null) {
			return new FallbackPart<>(null, TlsMaterial::revocationLists);
		}
		return new FilePart<>(new FileRevocationLists(Location.of(level, "crl", level.crl()),
				(level.crlPolicy() != null) ? level.crlPolicy() : CrlPolicy.STRICT));
	}

	private MaterialOrigin origin(@Nullable MaterialLevel identity, @Nullable MaterialLevel anchors,
			@Nullable TlsMaterialSource fallback) {
		MaterialOrigin other = (fallback != null) ? fallback.origin() : new MaterialOrigin(null, null, null);
		return new MaterialOrigin((identity != null) ? describe(identity, "cert", identity.cert()) : other.cert(),
				(identity != null) ? describe(identity, "key", identity.key()) : other.key(),
				(anchors != null) ? describe(anchors, "ca", anchors.ca()) : other.ca());
	}

	private String describe(MaterialLevel level, String name, @Nullable String value) {
		return (level.bundle() != null) ? bundle(level, level.bundle()).toString()
				: Location.of(level, name, value).toString();
	}

	private NamedBundle bundle(MaterialLevel level, String name) {
		return new NamedBundle(this.bundles, this.keys, name, level.property("bundle"));
	}

	private static @Nullable MaterialLevel nearest(List<MaterialLevel> levels, Predicate<MaterialLevel> condition) {
		return levels.stream().filter(condition).findFirst().orElse(null);
	}

}
