package io.github.securegrpc.validation;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.MaterialCheck.Side;

/**
 * Judges peers: the platform's trust manager with {@link PathRules} and
 * {@link RevocationRules} in its path validation, and {@link LeafRules}. A server is only
 * accepted where its name is verified too, by the engine's endpoint identification. A
 * client that was accepted a moment ago is not judged again ({@link ValidatedPaths}).
 * Thread-safe.
 */
final class PeerTrustManager extends X509ExtendedTrustManager {

	private final AnchorSet anchors;

	private final X509ExtendedTrustManager ofClients;

	private final X509ExtendedTrustManager ofServers;

	private final LeafRules leafRules;

	private final PathExplanation explanation;

	private final ValidatedPaths clients;

	private final Consumer<SSLEngine> judged;

	PeerTrustManager(AnchorSet anchors, TrustRules rules, Consumer<SSLEngine> judged) {
		this.anchors = anchors;
		this.judged = judged;
		this.ofClients = anchors.platformTrustManager(checkers(anchors, rules, Side.CLIENT));
		this.ofServers = anchors.platformTrustManager(checkers(anchors, rules, Side.SERVER));
		this.leafRules = new LeafRules(anchors, rules);
		this.explanation = new PathExplanation(anchors, rules);
		this.clients = new ValidatedPaths(anchors, rules.clock());
	}

	private static List<PKIXCertPathChecker> checkers(AnchorSet anchors, TrustRules rules, Side peer) {
		List<PKIXCertPathChecker> checkers = new ArrayList<>();
		if (rules.isStrict() || !rules.pins().isEmpty()) {
			checkers.add(new PathRules(anchors, rules, peer));
		}
		if (anchors.revocationLists() != null) {
			checkers.add(new RevocationRules(anchors, new Revocation(anchors.revocationLists(), rules.clock())));
		}
		return checkers;
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		this.judged.accept(engine);
		SSLSession session = engine.getHandshakeSession();
		// what a signature may be depends on the protocol
		judgeClient(chain, authType + " " + ((session != null) ? session.getProtocol() : ""),
				() -> this.ofClients.checkClientTrusted(chain, authType, engine));
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		judgeClient(chain, authType, () -> this.ofClients.checkClientTrusted(chain, authType));
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		judgeClient(chain, authType + " socket", () -> this.ofClients.checkClientTrusted(chain, authType, socket));
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
			this.ofServers.checkServerTrusted(chain, authType, engine);
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

	private void judgeClient(X509Certificate[] chain, String kind, ValidatedPaths.Judgement platformJudgement)
			throws CertificateException {
		this.clients.judge(chain, kind, () -> judge(chain, null, platformJudgement));
	}

	private void judge(X509Certificate[] chain, @Nullable String host, ValidatedPaths.Judgement platformJudgement)
			throws CertificateException {
		try {
			if (this.anchors.contains(chain[0])) {
				this.leafRules.checkPinned(chain[0]);
			}
			else {
				this.leafRules.checkIssued(chain[0]);
			}
			platformJudgement.judge();
		}
		catch (CertificateException ex) {
			throw this.explanation.explain(chain, host, ex);
		}
	}

}
