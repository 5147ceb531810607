package io.github.securegrpc.client;

import java.util.ArrayList;
import java.util.List;

import io.grpc.ClientInterceptor;

/**
 * What is done to every call of a channel.
 */
final class ChannelCalls {

	private ChannelCalls() {
	}

	static List<ClientInterceptor> of(String name, ClientProperties.Channel channel) {
		String prefix = "%s.channels.%s.".formatted(ClientProperties.PREFIX, name);
		List<ClientInterceptor> calls = new ArrayList<>();
		if (channel.pathPrefix() != null) {
			calls.add(PathPrefix.of(prefix + "path-prefix", channel.pathPrefix()));
		}
		if (channel.basicAuth() != null) {
			calls.add(BasicAuth.of(prefix + "basic-auth", channel.basicAuth()));
		}
		return calls;
	}

}
