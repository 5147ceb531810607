package io.github.securegrpc.validation;

import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Validity;
import io.github.securegrpc.material.check.Issuer;
import io.github.securegrpc.text.Printable;
import io.github.securegrpc.validation.PeerRefusedException.Reason;

/**
 * Says in words why a peer's certificate is refused: whose it is, what is wrong with it
 * and what to do.
 */
final class PathExplanation {

	/* Of an anchor with the issuer's name, and another key or key identifier. */
	private static final String NO_ANCHOR = "Path does not chain with any of the trust anchors";

	private final AnchorSet anchors;

	private final TrustRules rules;

	private final @Nullable LostRefusal lost;

	PathExplanation(AnchorSet anchors, TrustRules rules) {
		this.anchors = anchors;
		this.rules = rules;
		this.lost = (anchors.revocationLists() != null)
				? new LostRefusal(anchors, new Revocation(anchors.revocationLists(), rules.clock())) : null;
	}

	/* Says that too much is presented, without a look at more than the leaf. */
	PeerRefusedException excess(X509Certificate leaf, CertificateException cause) {
		return refusal(leaf, new Verdict(Reason.RULE, String.valueOf(cause.getMessage())), cause);
	}

	/*
	 * Says why PKIX or a rule refuses what is presented, of which the trust anchors vouch
	 * for a part, or for nothing.
	 */
	PeerRefusedException explain(X509Certificate[] chain, X509Certificate[] vouched, @Nullable String host,
			Exception cause) {
		return refusal(chain[0], verdict(chain, vouched, host, cause), cause);
	}

	private static PeerRefusedException refusal(X509Certificate leaf, Verdict verdict, Exception cause) {
		return new PeerRefusedException(verdict.reason(),
				"the certificate of %s (%s; issued by %s; valid from %s to %s) is refused: %s".formatted(
						PeerName.of(leaf), Printable.names(leaf), Printable.issuer(leaf),
						leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant(), verdict.text()),
				cause);
	}

	private Verdict verdict(X509Certificate[] chain, X509Certificate[] vouched, @Nullable String host,
			Exception cause) {
		Instant now = this.rules.clock().instant();
		X509Certificate top = chain[0];
		for (int i = 0; i < chain.length && (i == 0 || Issuer.isNamed(chain[i], chain[i - 1])); i++) {
			X509Certificate certificate = chain[i];
			top = certificate;
			Validity validity = Validity.of(certificate, now);
			if (validity != Validity.VALID) {
				return new Verdict((validity == Validity.EXPIRED) ? Reason.EXPIRED : Reason.NOT_YET_VALID,
						certificate.equals(chain[0]) ? validity(certificate, validity) : "its issuer %s: %s"
							.formatted(Printable.subject(certificate), validity(certificate, validity)));
			}
		}
		Throwable root = reason(vouched, cause);
		String message = String.valueOf(root.getMessage());
		if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
			return new Verdict(Reason.WRONG_NAME,
					("it is for %s, the call was to %s: dial one of its names, or set "
							+ "secure-grpc.client.channels.<channel>.server-name")
						.formatted(Printable.names(chain[0]), host));
		}
		if (root instanceof CertPathBuilderException || message.startsWith(NO_ANCHOR)) {
			return new Verdict(Reason.UNKNOWN_AUTHORITY,
					"its issuer %s is not among the %d trust anchors of %s%s".formatted(Printable.issuer(top),
							this.anchors.certificates().size(), this.anchors.origin(),
							this.anchors.name(top) ? " (one has that name, but did not sign it)" : sent(chain, top)));
		}
		if (root instanceof CertPathValidatorException refusal && refusal.getReason() == BasicReason.REVOKED) {
			return new Verdict(Reason.REVOKED, message);
		}
		return new Verdict((root instanceof CertificateParsingException) ? Reason.MALFORMED : Reason.RULE,
				PlatformText.translate(message));
	}

	/* A chain that ends in a self-signed certificate lacks nothing. */
	private static String sent(X509Certificate[] chain, X509Certificate top) {
		return Issuer.isNamed(top, top) ? ""
				: ("; the peer sent %d certificate%s: if that issuer is an intermediate, whoever runs the peer must send "
						+ "it too (fullchain.pem)")
					.formatted(chain.length, (chain.length == 1) ? "" : "s");
	}

	private Throwable reason(X509Certificate[] vouched, Exception cause) {
		Throwable root = root(cause);
		boolean isOfAnotherPath = root instanceof CertPathBuilderException || root instanceof SignatureException;
		if (isOfAnotherPath && this.lost != null && vouched.length > 0) {
			Throwable found = this.lost.find(vouched);
			return (found != null) ? found : root;
		}
		return root;
	}

	static String validity(X509Certificate certificate, Validity validity) {
		return (validity == Validity.EXPIRED) ? "it expired at " + certificate.getNotAfter().toInstant()
				: "it is not valid before " + certificate.getNotBefore().toInstant();
	}

	private static Throwable root(Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	private record Verdict(Reason reason, String text) {

	}

}
