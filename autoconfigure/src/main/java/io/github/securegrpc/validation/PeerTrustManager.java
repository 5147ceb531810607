package io.github.securegrpc.validation;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
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

import io.github.securegrpc.material.check.MaterialCheck.Side;

/**
 * Judges peers by what of their chain the trust anchors vouch for
 * ({@link PresentedChain}): the platform's trust manager with {@link PathRules} and
 * {@link RevocationRules} in its path validation, and {@link LeafRules}. A server is only
 * accepted where its name is verified too, by the engine's endpoint identification. A
 * client that was accepted before is not judged again ({@link ValidatedPaths}).
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
				(path) -> this.ofClients.checkClientTrusted(path, authType, engine));
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		judgeClient(chain, authType, (path) -> this.ofClients.checkClientTrusted(path, authType));
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		judgeClient(chain, authType + " socket", (path) -> this.ofClients.checkClientTrusted(path, authType, socket));
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		this.judged.accept(engine);
		SSLSession session = engine.getHandshakeSession();
		String host = (session != null) ? session.getPeerHost() : engine.getPeerHost();
		checkSize(chain);
		judge(chain, host, (path) -> {
			String algorithm = engine.getSSLParameters().getEndpointIdentificationAlgorithm();
			if (algorithm == null || algorithm.isEmpty()) {
				throw new CertificateException("the server's name is not verified by this connection");
			}
			this.leafRules.checkServerNames(chain[0]);
			this.ofServers.checkServerTrusted(path, authType, engine);
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

	private void judgeClient(X509Certificate[] chain, String kind, PlatformJudgement platform)
			throws CertificateException {
		checkSize(chain);
		this.clients.judge(chain, kind, () -> judge(chain, null, platform));
	}

	private void checkSize(X509Certificate[] chain) throws CertificateException {
		try {
			new PresentedChain(chain, this.anchors).checkSize();
		}
		catch (CertificateException ex) {
			throw this.explanation.excess(chain[0], ex);
		}
	}

	private void judge(X509Certificate[] chain, @Nullable String host, PlatformJudgement platform)
			throws CertificateException {
		X509Certificate[] path = {};
		try {
			if (this.anchors.contains(chain[0])) {
				this.leafRules.checkPinned(chain[0]);
			}
			else {
				this.leafRules.checkIssued(chain[0]);
			}
			path = new PresentedChain(chain, this.anchors).vouchedFor();
			if (path.length == 0) {
				throw new CertificateException(new CertPathBuilderException("no trust anchor vouches for it"));
			}
			platform.judge(path);
		}
		catch (CertificateException ex) {
			throw this.explanation.explain(chain, path, host, ex);
		}
	}

	/** What the platform makes of the leaf and what the trust anchors vouch for. */
	@FunctionalInterface
	private interface PlatformJudgement {

		void judge(X509Certificate[] path) throws CertificateException;

	}

}
