package io.github.securegrpc.application;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.authority.AuthorityUtils;

import io.github.securegrpc.engine.PeerAuthorities;

/**
 * Each peer has the role of its name.
 */
@Configuration(proxyBeanMethods = false)
public class PeerRoles {

	@Bean
	public PeerAuthorities peerAuthorities() {
		return (peer) -> AuthorityUtils.createAuthorityList(List.of("ROLE_" + String.join("", peer.dnsNames())));
	}

}
