package io.github.securegrpc.client;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;

import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;

/**
 * Leaves the certificate out of what another source reads: always, or if the first that
 * is read is of a kind. What comes later is not asked again, so that no rotation takes a
 * channel's certificate away.
 */
final class WithoutIdentity implements TlsMaterialSource {

	private final TlsMaterialSource source;

	private final Predicate<TlsMaterial> kind;

	private volatile State state = State.UNKNOWN;

	WithoutIdentity(TlsMaterialSource source, Predicate<TlsMaterial> kind) {
		this.source = source;
		this.kind = kind;
	}

	@Override
	public TlsMaterial load() {
		TlsMaterial material = this.source.load();
		if (this.state == State.UNKNOWN) {
			this.state = this.kind.test(material) ? State.LEFT_OUT : State.KEPT;
		}
		return (this.state == State.LEFT_OUT)
				? new TlsMaterial(null, material.trustAnchors(), material.revocationLists()) : material;
	}

	@Override
	public MaterialOrigin origin() {
		MaterialOrigin origin = this.source.origin();
		return (this.state == State.LEFT_OUT) ? new MaterialOrigin(null, null, origin.ca(), origin.crl()) : origin;
	}

	@Override
	public boolean canChange() {
		return this.source.canChange();
	}

	@Override
	public Set<Path> directories() {
		return this.source.directories();
	}

	private enum State {

		UNKNOWN, LEFT_OUT, KEPT

	}

}
