package io.github.securegrpc.peer;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;

import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.peer.rules.PeerNames;
import io.github.securegrpc.text.SubjectAlternativeNames;
import io.github.securegrpc.validation.PeerName;

/**
 * Who the peer of a call is, by the certificate whose key the handshake proved: the leaf,
 * the first of the chain it presented. Whatever follows the leaf names nobody. Names are
 * subject alternative names, never the subject's common name; they are given as the
 * certificate has them, to compare or print with care. Computed once per connection,
 * immutable.
 *
 * @since 0.1.0
 */
public final class PeerIdentity {

	static final Context.Key<PeerIdentity> KEY = Context.key("io.github.securegrpc.peer");

	private final List<X509Certificate> chain;

	private final List<String> names;

	private final PeerNames comparable;

	private final String fingerprint;

	private final Instant notBefore;

	private final Instant notAfter;

	private final String name;

	PeerIdentity(List<X509Certificate> chain) {
		this.chain = List.copyOf(chain);
		if (this.chain.isEmpty()) {
			throw new IllegalArgumentException("chain: [] (expected: the leaf certificate first)");
		}
		X509Certificate leaf = this.chain.get(0);
		this.names = SubjectAlternativeNames.of(leaf);
		this.fingerprint = Fingerprint.of(leaf);
		this.comparable = PeerNames.of(leaf, this.names, this.fingerprint);
		this.notBefore = leaf.getNotBefore().toInstant();
		this.notAfter = leaf.getNotAfter().toInstant();
		this.name = PeerName.of(leaf, this.names);
	}

	/**
	 * Returns the peer of the call that gRPC's current {@link Context} belongs to: in a
	 * service method, an interceptor of the application, or a thread wrapped by the
	 * context.
	 * @return the peer, or empty outside of a call and where the peer presented no
	 * certificate
	 */
	public static Optional<PeerIdentity> current() {
		return Optional.ofNullable(KEY.get());
	}

	/**
	 * Returns the peer of a connection, whichever end we are. Of the server of a call, in
	 * a client interceptor: {@code PeerIdentity.of(call.getAttributes())}, from the
	 * answer's headers on; what is claimed in a message can be compared with it.
	 * @param attributes the attributes of a call or transport of gRPC's
	 * @return the peer, or empty in plaintext, before there is a connection and where the
	 * peer presented no certificate
	 */
	public static Optional<PeerIdentity> of(Attributes attributes) {
		SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
		if (session == null) {
			return Optional.empty();
		}
		try {
			List<X509Certificate> chain = new ArrayList<>();
			for (Certificate certificate : session.getPeerCertificates()) {
				chain.add((X509Certificate) certificate);
			}
			return chain.isEmpty() ? Optional.empty() : Optional.of(new PeerIdentity(chain));
		}
		catch (SSLPeerUnverifiedException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the names for hosts ({@code dns}).
	 * @return the names, in the certificate's order
	 */
	public List<String> dnsNames() {
		return of("dns:");
	}

	/**
	 * Returns the addresses ({@code ip}).
	 * @return the addresses as text, in the certificate's order
	 */
	public List<String> ipAddresses() {
		return of("ip:");
	}

	/**
	 * Returns the URIs ({@code uri}).
	 * @return the URIs, in the certificate's order
	 */
	public List<String> uris() {
		return of("uri:");
	}

	/**
	 * Returns the mailboxes ({@code email}).
	 * @return the mailboxes, in the certificate's order
	 */
	public List<String> emails() {
		return of("email:");
	}

	/**
	 * Returns the SPIFFE ID, if the leaf is an X509-SVID: it has exactly one URI, that is
	 * a SPIFFE ID, and is no CA.
	 * @return the SPIFFE ID, or empty
	 */
	public Optional<String> spiffeId() {
		return Optional.ofNullable(this.comparable.spiffeId());
	}

	/**
	 * Returns the leaf's subject, which is for people to read: decide by nothing in it.
	 * @return the subject
	 */
	public X500Principal subject() {
		return leaf().getSubjectX500Principal();
	}

	/**
	 * Returns the leaf's fingerprint.
	 * @return the SHA-256 of its DER, in lower-case hex
	 */
	public String fingerprint() {
		return this.fingerprint;
	}

	/**
	 * Returns when the leaf became valid.
	 * @return the first moment
	 */
	public Instant notBefore() {
		return this.notBefore;
	}

	/**
	 * Returns when the leaf expires.
	 * @return the last moment
	 */
	public Instant notAfter() {
		return this.notAfter;
	}

	/**
	 * Returns the leaf.
	 * @return the certificate whose key the peer has
	 */
	public X509Certificate leaf() {
		return this.chain.get(0);
	}

	/**
	 * Returns what the peer presented. Nothing but the leaf is proven to be the peer's.
	 * @return the chain, leaf first
	 */
	public List<X509Certificate> chain() {
		return this.chain;
	}

	/**
	 * Returns a name for logs and messages, as a rule would write it: the first URI, else
	 * the first DNS name, IP address or mailbox; without any the subject, without that
	 * the fingerprint. Printable and bounded.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	PeerNames comparable() {
		return this.comparable;
	}

	private List<String> of(String kind) {
		return this.names.stream()
			.filter((candidate) -> candidate.startsWith(kind))
			.map((candidate) -> candidate.substring(kind.length()))
			.toList();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof PeerIdentity that && this.chain.equals(that.chain);
	}

	@Override
	public int hashCode() {
		return this.fingerprint.hashCode();
	}

	@Override
	public String toString() {
		return "PeerIdentity[%s, fingerprint=%s, expiry=%s]".formatted(this.name, this.fingerprint, this.notAfter);
	}

}
