package io.github.securegrpc.transport;

/**
 * A channel and what it dials.
 *
 * @param channel the channel's name at the engine
 * @param target the target URI, as the engine has it
 * @param label what meters say of the target: the channel's name where targets are
 * learned at run time, so that there are as many time series as channels in the
 * properties
 * @since 0.1.0
 */
public record ChannelTarget(String channel, String target, String label) {

	/**
	 * Creates a channel whose target is in the properties.
	 * @param channel the channel's name at the engine
	 * @param target the target URI, as the engine has it
	 */
	public ChannelTarget(String channel, String target) {
		this(channel, target, target);
	}

}
