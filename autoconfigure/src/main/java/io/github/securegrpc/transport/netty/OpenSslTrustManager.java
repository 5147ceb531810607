package io.github.securegrpc.transport.netty;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.internal.tcnative.CertificateVerifier;

import io.github.securegrpc.validation.PeerRefusedException;
import io.github.securegrpc.validation.PeerRefusedException.Reason;

/**
 * Has OpenSSL tell a peer why it is refused, by the alert (RFC 8446, 6.2). Without a code
 * of OpenSSL's Netty has it say {@code internal_error}.
 */
final class OpenSslTrustManager extends X509ExtendedTrustManager {

	private final X509ExtendedTrustManager judge;

	OpenSslTrustManager(X509ExtendedTrustManager judge) {
		this.judge = judge;
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		try {
			this.judge.checkClientTrusted(chain, authType, engine);
		}
		catch (PeerRefusedException ex) {
			throw coded(ex);
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		try {
			this.judge.checkServerTrusted(chain, authType, engine);
		}
		catch (PeerRefusedException ex) {
			throw coded(ex);
		}
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		this.judge.checkClientTrusted(chain, authType, socket);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		this.judge.checkServerTrusted(chain, authType, socket);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.judge.checkClientTrusted(chain, authType);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.judge.checkServerTrusted(chain, authType);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return this.judge.getAcceptedIssuers();
	}

	private static CertificateException coded(PeerRefusedException refusal) {
		return new OpenSslCertificateException(refusal.getMessage(), refusal, code(refusal.reason()));
	}

	private static int code(Reason reason) {
		return switch (reason) {
			case EXPIRED -> CertificateVerifier.X509_V_ERR_CERT_HAS_EXPIRED;
			case NOT_YET_VALID -> CertificateVerifier.X509_V_ERR_CERT_NOT_YET_VALID;
			case REVOKED -> CertificateVerifier.X509_V_ERR_CERT_REVOKED;
			case UNKNOWN_AUTHORITY -> CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
			case WRONG_NAME, MALFORMED, RULE -> CertificateVerifier.X509_V_ERR_CERT_REJECTED;
		};
	}

}
