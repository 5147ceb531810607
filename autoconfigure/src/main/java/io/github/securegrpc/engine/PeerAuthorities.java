package io.github.securegrpc.engine;

import java.util.Collection;

import org.springframework.security.core.GrantedAuthority;

import io.github.securegrpc.peer.PeerIdentity;

/**
 * Says which authorities a peer has. With a bean of this type each call whose peer
 * presented a certificate is authenticated, with the {@link PeerIdentity} as its
 * principal, whatever {@code AuthenticationManager} the application has for its other
 * entrances.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PeerAuthorities {

	/**
	 * Returns the authorities of a peer. Called for each call, from many threads.
	 * @param peer the peer
	 * @return its authorities, or none
	 */
	Collection<? extends GrantedAuthority> of(PeerIdentity peer);

}
