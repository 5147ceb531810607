package io.github.securegrpc.engine;

import io.grpc.Attributes;
import io.grpc.Grpc;

import io.github.securegrpc.peer.GuardedServer;
import io.github.securegrpc.server.ListeningServer;
import io.github.securegrpc.transport.OpenConnections;

/**
 * The connections of a server as its peers' guard sees them; one that is not ours is
 * heard of.
 *
 * @param server is told of it
 */
record ServerConnections(ListeningServer server) implements GuardedServer.Connections {

	@Override
	public boolean areOurs(Attributes transport) {
		boolean ours = OpenConnections.areOurs(transport);
		if (!ours) {
			this.server.bypassed(transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
		}
		return ours;
	}

	@Override
	public void close(Attributes transport) {
		OpenConnections.close(transport);
	}

}
