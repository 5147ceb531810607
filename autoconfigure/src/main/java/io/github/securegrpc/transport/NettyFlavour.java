package io.github.securegrpc.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.util.ClassUtils;

/**
 * A Netty that grpc-java's transport may run on, and how its version is raised.
 */
enum NettyFlavour {

	/** The one in grpc-java's own jar. */
	SHADED("io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder",
			"META-INF/io.grpc.netty.shaded.io.netty.versions.properties", "in grpc-netty-shaded",
			"set the property grpc-java.version to 1.85.1 or later in a build below Spring Boot's parent; netty.version does not reach it, and the version of protoc-gen-grpc-java may stay"),
	/** The one on the class path. */
	UNSHADED("io.grpc.netty.NettyServerBuilder", "META-INF/io.netty.versions.properties", "below grpc-netty",
			"set the property netty.version to 4.2.17.Final or later in a build below Spring Boot's parent");

	private final String builder;

	private final String versions;

	private final String where;

	private final String remedy;

	NettyFlavour(String builder, String versions, String where, String remedy) {
		this.builder = builder;
		this.versions = versions;
		this.where = where;
		this.remedy = remedy;
	}

	boolean isPresent(ClassLoader loader) {
		return ClassUtils.isPresent(this.builder, loader);
	}

	Optional<String> advisory(ClassLoader loader) {
		return versions(loader).stream()
			.filter((version) -> VersionFloors.isBelow(version, floor(version)))
			.findFirst()
			.map((version) -> "Netty %s %s has CVE-2026-75595 (fixed in %s), in the choice of a certificate by SNI, which secure-grpc does not use. %s, or %s."
				.formatted(version, this.where, floor(version), Advisories.BOM, this.remedy));
	}

	private static String floor(String version) {
		return version.startsWith("4.1.") ? "4.1.137" : "4.2.17";
	}

	/* Of the files in which Netty's jars say their versions, oldest first. */
	private Set<String> versions(ClassLoader loader) {
		Set<String> found = new TreeSet<>();
		try {
			for (URL url : Collections.list(loader.getResources(this.versions))) {
				try (InputStream stream = url.openStream()) {
					Properties properties = new Properties();
					properties.load(stream);
					properties.stringPropertyNames()
						.stream()
						.filter((name) -> name.endsWith(".version"))
						.map(properties::getProperty)
						.forEach(found::add);
				}
			}
			return found;
		}
		catch (IOException ex) {
			throw new IllegalStateException("cannot read " + this.versions, ex);
		}
	}

}
