package io.github.securegrpc.transport.netty;

import java.security.KeyStore;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;

import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.transport.IdentityKeyManager;

/**
 * Hands an identity to Netty as it is: without a key store in between, and for OpenSSL
 * converted once per context instead of once per handshake.
 */
final class IdentityKeys extends SimpleKeyManagerFactory {

	private final KeyManager manager;

	private IdentityKeys(Identity identity) {
		this.manager = new IdentityKeyManager(identity);
	}

	static KeyManagerFactory of(Identity identity, SslProvider provider) {
		IdentityKeys keys = new IdentityKeys(identity);
		return (provider == SslProvider.OPENSSL) ? new OpenSslCachingX509KeyManagerFactory(keys) : keys;
	}

	@Override
	protected void engineInit(@Nullable KeyStore keyStore, char @Nullable [] password) {
	}

	@Override
	protected void engineInit(ManagerFactoryParameters parameters) {
	}

	@Override
	protected KeyManager[] engineGetKeyManagers() {
		return new KeyManager[] { this.manager };
	}

}
