package io.github.securegrpc.transport;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;

/**
 * Presents one identity wherever its kind of key is asked for. The issuers that a server
 * would like are no reason to present nothing: it may know the leaf itself. Immutable.
 *
 * @since 0.1.0
 */
public final class IdentityKeyManager extends X509ExtendedKeyManager {

	private static final String ALIAS = "identity";

	private final Identity identity;

	private final String keyType;

	/**
	 * Creates a manager.
	 * @param identity what to present
	 */
	public IdentityKeyManager(Identity identity) {
		this.identity = identity;
		this.keyType = identity.leaf().getPublicKey().getAlgorithm();
	}

	@Override
	public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
		return isOurs(keyType) ? new String[] { ALIAS } : null;
	}

	@Override
	public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
			@Nullable Socket socket) {
		return choose(keyTypes);
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		return choose(keyTypes);
	}

	@Override
	public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
		return isOurs(keyType) ? new String[] { ALIAS } : null;
	}

	@Override
	public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
		return choose(keyType);
	}

	@Override
	public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		return choose(keyType);
	}

	@Override
	public X509Certificate @Nullable [] getCertificateChain(String alias) {
		return ALIAS.equals(alias) ? this.identity.chain().toArray(X509Certificate[]::new) : null;
	}

	@Override
	public @Nullable PrivateKey getPrivateKey(String alias) {
		return ALIAS.equals(alias) ? this.identity.privateKey() : null;
	}

	private @Nullable String choose(String... keyTypes) {
		for (String candidate : keyTypes) {
			if (isOurs(candidate)) {
				return ALIAS;
			}
		}
		return null;
	}

	/*
	 * The JDK's TLS 1.2 also says EC_EC: the key, and by which kind of key it is signed.
	 */
	private boolean isOurs(String wanted) {
		return wanted.equals(this.keyType) || wanted.startsWith(this.keyType + "_");
	}

}
