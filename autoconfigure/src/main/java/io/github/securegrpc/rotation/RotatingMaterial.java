package io.github.securegrpc.rotation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.NotYetValidException;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.material.check.MaterialCheck;

/**
 * Material whose generation in force can be replaced, as a whole. Created with its first
 * generation loaded and checked. Thread-safe; {@link #current()} never blocks.
 *
 * @since 0.1.0
 */
public final class RotatingMaterial {

	/* ACME clients and cert-manager renew at two thirds of the lifetime. */
	private static final ExpiryWindow RENEWAL = new ExpiryWindow(null);

	private final String name;

	private final TlsMaterialSource source;

	private final MaterialCheck check;

	private final Clock clock;

	private final List<GenerationListener> listeners = new ArrayList<>();

	private final Object looking = new Object();

	private volatile Generation current;

	private volatile @Nullable Refusal lastRefusal;

	private volatile @Nullable Instant overdueSince;

	private @Nullable String refusedContent;

	/**
	 * Loads and checks the first generation.
	 * @param name the material's name: {@code server}, {@code client} or
	 * {@code client.<channel>}
	 * @param source loads it
	 * @param check what it must satisfy
	 * @param clock tells the time
	 * @throws io.github.securegrpc.material.RefusedException if it cannot be used
	 */
	public RotatingMaterial(String name, TlsMaterialSource source, MaterialCheck check, Clock clock) {
		this.name = name;
		this.source = source;
		this.check = check;
		this.clock = clock;
		this.current = next(0, source.load());
	}

	/**
	 * Returns the material's name.
	 * @return {@code server}, {@code client} or {@code client.<channel>}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Says where the material comes from.
	 * @return the origin of each part
	 */
	public MaterialOrigin origin() {
		return this.source.origin();
	}

	/**
	 * Returns the generation in force.
	 * @return the generation
	 */
	public Generation current() {
		return this.current;
	}

	/**
	 * Returns why the newest replacement was refused.
	 * @return the refusal, or {@code null} if no replacement was refused since the
	 * generation in force was taken
	 */
	public @Nullable Refusal lastRefusal() {
		return this.lastRefusal;
	}

	/**
	 * Returns whether the renewal of the leaf is late: two thirds of its life are over,
	 * and the source, which can change, still has the same.
	 * @param now the moment
	 * @return whether somebody should look
	 */
	public boolean isRenewalLate(Instant now) {
		Identity identity = this.current.material().identity();
		return identity != null && canChange() && RENEWAL.validity(identity.leaf(), now) == Validity.EXPIRING;
	}

	/**
	 * Returns since when the source keeps us waiting.
	 * @return when the look began that should have ended, or {@code null} if there is
	 * none
	 */
	public @Nullable Instant overdueSince() {
		return this.overdueSince;
	}

	void overdue(@Nullable Instant since) {
		this.overdueSince = since;
	}

	/**
	 * Asks the source once, and takes what it has if that is new and good. Whatever the
	 * source holds, the generation in force stays until a better one is ready.
	 * @return what came of it
	 */
	public Outcome reload() {
		// not what guards the listeners: a channel may be made while a source keeps
		// waiting
		synchronized (this.looking) {
			return look();
		}
	}

	private Outcome look() {
		String content = null;
		try {
			TlsMaterial next = this.source.load();
			if (next.equals(this.current.material())) {
				this.lastRefusal = null;
				return new Outcome.Unchanged();
			}
			content = next.fingerprint();
			if (content.equals(this.current.material().fingerprint())) {
				this.lastRefusal = null;
				return new Outcome.Unchanged();
			}
			rotate(next);
			this.lastRefusal = null;
			return new Outcome.Rotated(this.current);
		}
		catch (NotYetValidException ex) {
			return new Outcome.Held(ex.validFrom(), String.valueOf(ex.getMessage()));
		}
		catch (RefusedException ex) {
			return refused(content, String.valueOf(ex.getMessage()), ex.action());
		}
		catch (Exception | Error ex) {
			// whatever a file holds, the next poll comes
			return refused(content, "the source failed: " + ex, "If it happens again, report it with this line.");
		}
	}

	private Outcome refused(@Nullable String content, String reason, String action) {
		String key = (content != null) ? content : reason;
		Refusal refusal = this.lastRefusal;
		if (refusal == null || !key.equals(this.refusedContent)) {
			refusal = new Refusal(this.clock.instant(), reason, action);
			this.lastRefusal = refusal;
			this.refusedContent = key;
		}
		return new Outcome.Refused(refusal);
	}

	boolean canChange() {
		return this.source.canChange();
	}

	Set<Path> directories() {
		return this.source.directories();
	}

	/**
	 * Adds a listener, which at once prepares and takes the generation in force.
	 * @param listener the listener
	 * @throws io.github.securegrpc.material.RefusedException if the listener cannot use
	 * it
	 */
	public synchronized void addListener(GenerationListener listener) {
		try (Preparation preparation = new Preparation(1)) {
			preparation.prepare(listener, this.current);
			this.listeners.add(listener);
			preparation.take();
		}
	}

	/**
	 * Replaces the generation in force. Either all listeners take the new one, or all
	 * keep the old one.
	 * @param material the new material
	 * @throws io.github.securegrpc.material.RefusedException if it does not satisfy the
	 * check or a listener cannot use it
	 */
	public synchronized void rotate(TlsMaterial material) {
		new LossCheck(this.source.origin(), this.clock.instant()).check(this.current.material(), material);
		Generation next = next(this.current.number(), material);
		try (Preparation preparation = new Preparation(this.listeners.size())) {
			for (GenerationListener listener : this.listeners) {
				preparation.prepare(listener, next);
			}
			this.current = next;
			preparation.take();
		}
	}

	private Generation next(int number, TlsMaterial material) {
		this.check.check(material, this.source.origin());
		return new Generation(number + 1, material, this.clock.instant());
	}

	@Override
	public String toString() {
		return "RotatingMaterial[%s, generation %d]".formatted(this.name, this.current.number());
	}

}
