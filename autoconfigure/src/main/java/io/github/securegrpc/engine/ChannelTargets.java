package io.github.securegrpc.engine;

import java.util.Set;

/**
 * What an engine knows of its channels. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ChannelTargets {

	/** Of an application without an engine: all targets are learned at run time. */
	ChannelTargets NONE = new ChannelTargets() {

		@Override
		public String target(String name) {
			return name;
		}

		@Override
		public String property(String name) {
			return "the target of " + name;
		}

		@Override
		public Set<String> known() {
			return Set.of();
		}

	};

	/**
	 * Returns what a channel dials.
	 * @param name the channel's name at the engine
	 * @return the target, or the name where the engine has none
	 */
	String target(String name);

	/**
	 * Returns the property that says what a channel dials.
	 * @param name the channel's name at the engine
	 * @return the property's name, for messages
	 */
	String property(String name);

	/**
	 * Returns the channels that have a target, and those that somebody has asked for.
	 * @return their names
	 */
	Set<String> known();

}
