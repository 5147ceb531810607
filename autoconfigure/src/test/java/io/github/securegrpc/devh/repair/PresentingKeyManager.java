package io.github.securegrpc.devh.repair;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Presents exactly the chain it was given, whatever the certificates have to do with one
 * another: a key store would refuse it.
 */
final class PresentingKeyManager extends X509ExtendedKeyManager {

	private final PrivateKey key;

	private final X509Certificate[] chain;

	PresentingKeyManager(PrivateKey key, X509Certificate... chain) {
		this.key = key;
		this.chain = chain;
	}

	@Override
	public String chooseEngineClientAlias(String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
		return "only";
	}

	@Override
	public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
		return "only";
	}

	@Override
	public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
		return new String[] { "only" };
	}

	@Override
	public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
		return new String[0];
	}

	@Override
	public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
		return null;
	}

	@Override
	public X509Certificate[] getCertificateChain(String alias) {
		return this.chain.clone();
	}

	@Override
	public PrivateKey getPrivateKey(String alias) {
		return this.key;
	}

}
