package io.github.securegrpc.material.check;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * What material must satisfy before it is used, whichever source it came from: the key
 * belongs to the leaf, the chain is connected, everything presented is valid now and
 * strong enough, and a server's leaf has a name. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MaterialCheck {

	/** The side that will present the identity. */
	public enum Side {

		/** The listening side. */
		SERVER("1.3.6.1.5.5.7.3.1", "serverAuth"),

		/** The connecting side. */
		CLIENT("1.3.6.1.5.5.7.3.2", "clientAuth");

		private final String purpose;

		private final String purposeName;

		Side(String purpose, String purposeName) {
			this.purpose = purpose;
			this.purposeName = purposeName;
		}

		/**
		 * Returns whether a certificate may be used on this side: to be presented, or to
		 * issue what is presented (CA/Browser Forum Baseline Requirements, 7.1.2.10.6).
		 * @param certificate a leaf or an authority
		 * @return {@code true} if its extended key usage says so, or if it has none
		 */
		public boolean admits(X509Certificate certificate) {
			try {
				List<String> purposes = certificate.getExtendedKeyUsage();
				return purposes == null || purposes.contains(this.purpose) || purposes.contains(ANY_PURPOSE);
			}
			catch (CertificateParsingException ex) {
				return false;
			}
		}

	}

	private static final String ANY_PURPOSE = "2.5.29.37.0";

	private final Side side;

	private final Clock clock;

	/**
	 * Creates a check.
	 * @param side the side that presents the identity
	 * @param clock tells what valid now means
	 */
	public MaterialCheck(Side side, Clock clock) {
		this.side = side;
		this.clock = clock;
	}

	/**
	 * Checks material.
	 * @param material what was loaded
	 * @param origin where it came from, for the message
	 * @throws RefusedException with the first thing that is wrong
	 */
	public void check(TlsMaterial material, MaterialOrigin origin) {
		// before anything is signed or verified
		checkSizes(material, origin);
		if (material.identity() != null) {
			check(material.identity(), String.valueOf(origin.cert()), origin.key());
		}
		if (material.revocationLists() != null) {
			String from = String.valueOf(origin.crl());
			if (this.side == Side.SERVER && material.trustAnchors() == null) {
				throw new RefusedException(
						"%s is set without a ca (expected: the trust anchors of the clients it speaks of)"
							.formatted(from),
						"Set secure-grpc.server.ca to the CA that issues your clients' certificates; a crl for channels only belongs to secure-grpc.client.crl.");
			}
			new CrlCheck(from, material.trustAnchors()).check(material.revocationLists());
		}
	}

	private static void checkSizes(TlsMaterial material, MaterialOrigin origin) {
		if (material.identity() != null) {
			material.identity().chain().forEach((it) -> KeySize.check(it, String.valueOf(origin.cert())));
			ChainSize.check(material.identity().chain(), String.valueOf(origin.cert()));
			String objection = KeySize.objection(material.identity().privateKey());
			if (objection != null) {
				throw new RefusedException("%s %s".formatted(origin.key(), objection),
						"Request the certificate again with a key that an ordinary tool made.");
			}
		}
		if (material.trustAnchors() != null) {
			material.trustAnchors().certificates().forEach((it) -> KeySize.check(it, String.valueOf(origin.ca())));
		}
	}

	private void check(Identity identity, String cert, @Nullable String key) {
		List<RefusedException> objections = objections(identity, cert, key);
		if (!objections.isEmpty()) {
			throw objections.get(0);
		}
	}

	/**
	 * Returns everything that is wrong with an identity: that its key does not belong to
	 * its leaf, and what is wrong with its chain.
	 * @param identity the identity
	 * @param cert where its chain came from, for the messages
	 * @param key where its key came from, for the messages
	 * @return the refusals, empty if nothing is wrong
	 */
	public List<RefusedException> objections(Identity identity, String cert, @Nullable String key) {
		List<RefusedException> objections = new ArrayList<>();
		if (KeyMatch.differs(identity.privateKey(), identity.leaf())) {
			objections.add(new RefusedException(
					"%s does not belong to the leaf of %s (expected: its private key)".formatted(key, cert),
					"Use the key that the certificate was requested with."));
		}
		objections.addAll(objections(identity.chain(), cert));
		return objections;
	}

	/**
	 * Returns everything that is wrong with a chain whose key is elsewhere. What is only
	 * not valid now comes last.
	 * @param chain the chain, leaf first, at least one certificate
	 * @param cert where it came from, for the messages
	 * @return the refusals, empty if nothing is wrong
	 */
	public List<RefusedException> objections(List<X509Certificate> chain, String cert) {
		return objectionsOf(chain.stream().distinct().toList(), cert);
	}

	private List<RefusedException> objectionsOf(List<X509Certificate> chain, String cert) {
		List<RefusedException> objections = new ArrayList<>();
		collect(objections, () -> KeyType.check(chain.get(0), cert));
		collect(objections, () -> checkConnected(chain, cert));
		for (X509Certificate certificate : chain) {
			collect(objections, () -> CertificateStrength.checkKey(certificate, cert));
			collect(objections, () -> CertificateStrength.checkSignature(certificate, cert));
		}
		for (X509Certificate certificate : chain) {
			collect(objections, () -> checkPurpose(certificate, certificate.equals(chain.get(0)), cert));
		}
		collect(objections, () -> checkNames(chain.get(0), cert));
		// last, so that what is only held until its time is known to be good otherwise
		for (X509Certificate certificate : chain) {
			collect(objections, () -> ValidityCheck.check(certificate, cert, this.clock.instant()));
		}
		return objections;
	}

	private static void collect(List<RefusedException> objections, Runnable rule) {
		try {
			rule.run();
		}
		catch (RefusedException ex) {
			objections.add(ex);
		}
	}

	private void checkNames(X509Certificate leaf, String cert) {
		if (this.side == Side.SERVER && SubjectAlternativeNames.of(leaf).isEmpty()) {
			throw new RefusedException(
					"%s: the leaf %s has no subject alternative name (expected: dns or ip names; clients ignore the CN)"
						.formatted(cert, leaf.getSubjectX500Principal()),
					"Request it again with the names that clients dial, such as DNS:localhost,IP:127.0.0.1.");
		}
	}

	private static void checkConnected(List<X509Certificate> chain, String cert) {
		for (int i = 0; i + 1 < chain.size(); i++) {
			if (!Issuer.issued(chain.get(i + 1), chain.get(i))) {
				throw new RefusedException(
						"%s: certificate %d (%s) is not issued by certificate %d (%s) (expected: leaf, then each issuer)"
							.formatted(cert, i + 1, chain.get(i).getSubjectX500Principal(), i + 2,
									chain.get(i + 1).getSubjectX500Principal()),
						"Put the leaf first, then the intermediate that issued it, and so on; nothing else.");
			}
		}
	}

	private void checkPurpose(X509Certificate certificate, boolean isLeaf, String cert) {
		if (!this.side.admits(certificate)) {
			throw new RefusedException(
					"%s: the %s %s is not for %s (expected: extended key usage %s)".formatted(cert,
							isLeaf ? "leaf" : "issuer", certificate.getSubjectX500Principal(),
							(this.side == Side.SERVER) ? "servers" : "clients", this.side.purposeName),
					(this.side == Side.SERVER) ? "Request it again with extendedKeyUsage = serverAuth."
							: "If it is the server's, set secure-grpc.server.cert and key to it instead of these: channels then present none, which is all that a server with a certificate of a public CA needs. Otherwise request it again with extendedKeyUsage = clientAuth from a CA of your own.");
		}
	}

}
