package io.github.securegrpc.validation;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Judges peers: the platform's trust manager with {@link PathRules} in its path
 * validation, and {@link LeafRules}. A server is only accepted where its name is verified
 * too, by the engine's endpoint identification. Immutable, thread-safe.
 */
final class PeerTrustManager extends X509ExtendedTrustManager {

	private final AnchorSet anchors;

	private final X509ExtendedTrustManager platform;

	private final LeafRules leafRules;

	private final PathExplanation explanation;

	private final Consumer<SSLEngine> judged;

	PeerTrustManager(AnchorSet anchors, TrustRules rules, Consumer<SSLEngine> judged) {
		this.anchors = anchors;
		this.judged = judged;
		boolean plain = !rules.isStrict() && rules.pins().isEmpty();
		this.platform = anchors.platformTrustManager(plain ? null : new PathRules(anchors, rules));
		this.leafRules = new LeafRules(rules);
		this.explanation = new PathExplanation(anchors, rules);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		this.judged.accept(engine);
		judge(chain, null, () -> this.platform.checkClientTrusted(chain, authType, engine));
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		judge(chain, null, () -> this.platform.checkClientTrusted(chain, authType));
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		judge(chain, null, () -> this.platform.checkClientTrusted(chain, authType, socket));
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		this.judged.accept(engine);
		SSLSession session = engine.getHandshakeSession();
		String host = (session != null) ? session.getPeerHost() : engine.getPeerHost();
		judge(chain, host, () -> {
			String algorithm = engine.getSSLParameters().getEndpointIdentificationAlgorithm();
			if (algorithm == null || algorithm.isEmpty()) {
				throw new CertificateException("the server's name is not verified by this connection");
			}
			this.leafRules.checkServerNames(chain[0]);
			this.platform.checkServerTrusted(chain, authType, engine);
		});
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		throw new CertificateException("a server is only accepted where its name can be verified");
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		throw new CertificateException("a server is only accepted where its name can be verified");
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return this.anchors.certificates().toArray(X509Certificate[]::new);
	}

	private void judge(X509Certificate[] chain, @Nullable String host, Judgement platformJudgement)
			throws CertificateException {
		try {
			if (this.anchors.contains(chain[0])) {
				this.leafRules.checkPinned(chain[0]);
			}
			else {
				this.leafRules.checkIssued(chain[0]);
			}
			platformJudgement.check();
		}
		catch (CertificateException ex) {
			throw this.explanation.explain(chain, host, ex);
		}
	}

	@FunctionalInterface
	private interface Judgement {

		void check() throws CertificateException;

	}

}
