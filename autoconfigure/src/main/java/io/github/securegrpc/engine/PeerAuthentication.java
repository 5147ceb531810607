package io.github.securegrpc.engine;

import java.io.Serial;
import java.util.Collection;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

import io.github.securegrpc.peer.PeerIdentity;

/**
 * A peer and its authorities. The handshake has proved who it is.
 *
 * @since 0.1.0
 */
public final class PeerAuthentication extends AbstractAuthenticationToken {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient PeerIdentity peer;

	private PeerAuthentication(PeerIdentity peer, Collection<? extends GrantedAuthority> authorities) {
		super(authorities);
		this.peer = peer;
		setAuthenticated(true);
	}

	/**
	 * Returns the peer of the call that this thread serves.
	 * @param authorities say which authorities it has
	 * @return the peer, or {@code null} if it presented no certificate
	 */
	public static @Nullable PeerAuthentication current(PeerAuthorities authorities) {
		return PeerIdentity.current().map((peer) -> new PeerAuthentication(peer, authorities.of(peer))).orElse(null);
	}

	@Override
	public PeerIdentity getPrincipal() {
		return this.peer;
	}

	@Override
	public Object getCredentials() {
		return this.peer.leaf();
	}

	@Override
	public String getName() {
		return this.peer.name();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return super.equals(other) && other instanceof PeerAuthentication that && this.peer.equals(that.peer);
	}

	@Override
	public int hashCode() {
		return this.peer.hashCode();
	}

}
