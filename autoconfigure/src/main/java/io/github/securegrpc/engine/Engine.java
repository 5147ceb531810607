package io.github.securegrpc.engine;

import java.util.List;

/**
 * An engine: what makes the gRPC servers and channels of a Spring Boot application.
 *
 * @since 0.1.0
 */
public enum Engine {

	/** The starters of net.devh. */
	DEVH("net.devh", "net.devh.boot.grpc.", "io.github.securegrpc.devh.", "grpc"),

	/** Spring Boot's own gRPC, since 4.1. */
	BOOT("Spring Boot's own gRPC", "org.springframework.boot.grpc.", "io.github.securegrpc.boot.", "spring.grpc");

	private final String words;

	private final String packages;

	private final String ours;

	private final String prefix;

	Engine(String words, String packages, String ours, String prefix) {
		this.words = words;
		this.packages = packages;
		this.ours = ours;
		this.prefix = prefix;
	}

	/* The prefixes of its properties. */
	List<String> prefixes() {
		return List.of(this.prefix + ".server", this.prefix + ".client");
	}

	/* Whether an auto-configuration makes its servers or channels, or secures them. */
	boolean has(String autoConfiguration) {
		return autoConfiguration.startsWith(this.packages) || autoConfiguration.startsWith(this.ours);
	}

	/* Whether a type is one of an engine's own. */
	static boolean isOfAny(Class<?> type) {
		return type.getName().startsWith("net.devh.") || type.getName().startsWith("org.springframework.");
	}

	@Override
	public String toString() {
		return this.words;
	}

}
