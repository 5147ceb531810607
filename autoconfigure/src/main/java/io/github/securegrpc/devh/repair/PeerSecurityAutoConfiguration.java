package io.github.securegrpc.devh.repair;

import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationManager;

import io.github.securegrpc.peer.PeerIdentity;

/**
 * Authenticates each call as its peer where the application says what authorities peers
 * have. An application that authenticates by itself keeps doing so.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = DevhSecurityAutoConfiguration.class)
@ConditionalOnClass({ AuthenticationManager.class, GrpcAuthenticationReader.class })
@ConditionalOnBean(PeerAuthorities.class)
@ConditionalOnMissingBean({ AuthenticationManager.class, GrpcAuthenticationReader.class })
public final class PeerSecurityAutoConfiguration {

	@Bean
	GrpcAuthenticationReader secureGrpcPeerAuthenticationReader() {
		return (call, headers) -> PeerIdentity.current().map(PeerAuthentication::new).orElse(null);
	}

	@Bean
	AuthenticationManager secureGrpcPeerAuthenticationManager(PeerAuthorities authorities) {
		return (authentication) -> {
			if (!(authentication instanceof PeerAuthentication peer)) {
				throw new org.springframework.security.authentication.ProviderNotFoundException(
						"only peers are authenticated here, not " + authentication.getClass().getName());
			}
			return new PeerAuthentication(peer.getPrincipal(), authorities.of(peer.getPrincipal()));
		};
	}

}
