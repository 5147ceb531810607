package io.github.securegrpc.validation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Leaves whose chains were accepted, so that a client that connects again costs no second
 * look at the same signatures. Only what was accepted is kept, until the first end of
 * anything it rests on: nothing else that it was judged by changes with the time. It
 * belongs to one set of trust anchors and revocation lists: others start with none. There
 * is one entry for a leaf, however many chains it comes with: whoever has one could push
 * out all others' otherwise. Ten thousand of them take some three megabytes. Thread-safe.
 */
final class ValidatedPaths {

	static final int MAX_ENTRIES = 10_000;

	private final AnchorSet anchors;

	private final Clock clock;

	private final Map<ByteBuffer, Entry> entries = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<ByteBuffer, ValidatedPaths.Entry> eldest) {
			return size() > MAX_ENTRIES;
		}

	};

	ValidatedPaths(AnchorSet anchors, Clock clock) {
		this.anchors = anchors;
		this.clock = clock;
	}

	/*
	 * Judges a chain, unless the same was accepted before. What is judged otherwise for
	 * another kind of handshake is another entry.
	 */
	void judge(X509Certificate[] chain, String kind, Judgement judgement) throws CertificateException {
		ByteBuffer key;
		ByteBuffer presented;
		try {
			key = digest(kind, chain[0]);
			presented = digest(kind, chain);
		}
		catch (CertificateEncodingException ex) {
			judgement.judge(); // which says what is wrong with it
			return;
		}
		Instant now = this.clock.instant();
		if (holds(key, presented, now)) {
			return;
		}
		judgement.judge();
		keep(key, new Entry(presented, now, end(chain, now)));
	}

	private boolean holds(ByteBuffer key, ByteBuffer presented, Instant now) {
		synchronized (this.entries) {
			Entry entry = this.entries.get(key);
			return entry != null && entry.chain().equals(presented) && entry.holds(now);
		}
	}

	private void keep(ByteBuffer key, Entry entry) {
		synchronized (this.entries) {
			this.entries.remove(key); // the youngest is last
			this.entries.put(key, entry);
		}
	}

	private Instant end(X509Certificate[] chain, Instant now) {
		Stream<Instant> certificates = Stream.concat(Arrays.stream(chain), this.anchors.certificates().stream())
			.map((certificate) -> certificate.getNotAfter().toInstant());
		Stream<Instant> lists = (this.anchors.revocationLists() == null) ? Stream.empty()
				: this.anchors.revocationLists().lists().stream().map((list) -> list.getNextUpdate().toInstant());
		return Stream.concat(certificates, lists)
			.filter((end) -> !end.isBefore(now))
			.min(Comparator.naturalOrder())
			.orElse(Instant.MAX);
	}

	private static ByteBuffer digest(String kind, X509Certificate... chain) throws CertificateEncodingException {
		MessageDigest digest = sha256();
		digest.update(kind.getBytes(StandardCharsets.UTF_8));
		for (X509Certificate certificate : chain) {
			byte[] der = certificate.getEncoded();
			digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, der.length));
			digest.update(der);
		}
		return ByteBuffer.wrap(digest.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is required of every Java platform", ex);
		}
	}

	@FunctionalInterface
	interface Judgement {

		void judge() throws CertificateException;

	}

	/** Which chain need not be judged again, from when until when. */
	private record Entry(ByteBuffer chain, Instant from, Instant until) {

		boolean holds(Instant now) {
			return !now.isBefore(this.from) && now.isBefore(this.until);
		}

	}

}
