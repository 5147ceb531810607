package io.github.securegrpc.transport;

/**
 * A channel and what it dials.
 *
 * @param channel the channel's name at the engine
 * @param target the target URI, as the engine has it
 * @since 0.1.0
 */
public record ChannelTarget(String channel, String target) {

}
