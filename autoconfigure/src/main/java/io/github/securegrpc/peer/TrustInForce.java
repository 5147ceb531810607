package io.github.securegrpc.peer;

import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.rotation.GenerationListener;
import io.github.securegrpc.validation.AnchorSet;
import io.github.securegrpc.validation.TrustRules;

/**
 * The trust anchors and revocation lists of the server's generation in force, and how
 * peers are judged by them. A generation with the same changes nothing. Thread-safe.
 */
final class TrustInForce implements GenerationListener {

	private final TrustRules rules;

	private final String origin;

	private final Consumer<TrustInForce> changed;

	private volatile Trust current = new Trust(0, 0, null, null, null);

	TrustInForce(TrustRules rules, String origin, Consumer<TrustInForce> changed) {
		this.rules = rules;
		this.origin = origin;
		this.changed = changed;
	}

	Trust current() {
		return this.current;
	}

	@Override
	public Prepared prepare(Generation next) {
		Trust before = this.current;
		TrustAnchors anchors = next.material().trustAnchors();
		RevocationLists lists = next.material().revocationLists();
		boolean same = before.number() > 0 && Objects.equals(before.anchors(), anchors)
				&& Objects.equals(before.lists(), lists);
		int number = before.number() + 1;
		Trust trust = same ? before
				: new Trust(number, isWithin(before, anchors, lists) ? before.acceptsSince() : number, anchors, lists,
						judge(next.material()));
		return new Prepared() {

			@Override
			public void take() {
				TrustInForce.this.current = trust;
				if (!same && before.number() > 0) {
					TrustInForce.this.changed.accept(TrustInForce.this);
				}
			}

			@Override
			public void discard() {
				// nothing is held
			}

		};
	}

	/* Whom the one before accepted, this one does, too. */
	private static boolean isWithin(Trust before, @Nullable TrustAnchors anchors, @Nullable RevocationLists lists) {
		return before.anchors() != null && anchors != null
				&& Set.copyOf(anchors.certificates()).containsAll(before.anchors().certificates())
				&& Objects.equals(before.lists(), lists);
	}

	private @Nullable X509TrustManager judge(TlsMaterial material) {
		return (material.trustAnchors() != null)
				? this.rules.trustManager(AnchorSet.of(material, this.origin), (engine) -> {
				}) : null;
	}

	/**
	 * One set of trust anchors and revocation lists.
	 *
	 * @param number counts from 1 as they change; 0 before there are any
	 * @param acceptsSince the number of the first whose verdict still holds where it was
	 * to accept: anchors were only added since
	 * @param anchors the anchors, or {@code null} where no peer is asked for a
	 * certificate
	 * @param lists the revocation lists, or {@code null} without any
	 * @param judge judges peers by them, or {@code null} without any
	 */
	record Trust(int number, int acceptsSince, @Nullable TrustAnchors anchors, @Nullable RevocationLists lists,
			@Nullable X509TrustManager judge) {

	}

}
