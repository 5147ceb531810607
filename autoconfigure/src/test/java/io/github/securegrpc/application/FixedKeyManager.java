package io.github.securegrpc.application;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import io.netty.pkitesting.X509Bundle;

/**
 * Presents one identity whatever the peer asks for, as an attacker would.
 */
class FixedKeyManager extends X509ExtendedKeyManager {

	private final PrivateKey key;

	private final X509Certificate leaf;

	FixedKeyManager(X509Bundle identity) {
		this(identity.getKeyPair().getPrivate(), identity.getCertificate());
	}

	FixedKeyManager(PrivateKey key, X509Certificate leaf) {
		this.key = key;
		this.leaf = leaf;
	}

	@Override
	public String[] getClientAliases(String keyType, Principal[] issuers) {
		return new String[] { "it" };
	}

	@Override
	public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
		return "it";
	}

	@Override
	public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
		return "it";
	}

	@Override
	public String[] getServerAliases(String keyType, Principal[] issuers) {
		return new String[] { "it" };
	}

	@Override
	public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
		return "it";
	}

	@Override
	public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
		return "it";
	}

	@Override
	public X509Certificate[] getCertificateChain(String alias) {
		return new X509Certificate[] { this.leaf };
	}

	@Override
	public PrivateKey getPrivateKey(String alias) {
		return this.key;
	}

}
