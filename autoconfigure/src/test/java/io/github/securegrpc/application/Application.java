package io.github.securegrpc.application;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.netty.pkitesting.X509Bundle;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;

/**
 * Describes an application, its files and its properties, before it is started.
 */
public final class Application {

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final Path directory;

	private final List<Class<?>> sources = new ArrayList<>(List.of(TestApplication.class));

	private ClassLoader loader = TestNetty.current().loader();

	private TestEngine engine = TestEngine.current();

	private final int port = TestSocketUtils.findAvailableTcpPort();

	public Application(Path directory) {
		this.directory = directory;
		set("grpc.server.port", this.port);
		set("grpc.server.shutdown-grace-period", "0s");
		set("secure-grpc.reload.enabled", false);
	}

	public int port() {
		return this.port;
	}

	public Application set(String name, Object value) {
		this.properties.put(name, value);
		return this;
	}

	/* A channel to this application's own server. */
	public Application channel(String name) {
		return set("grpc.client." + name + ".address", "static://localhost:" + this.port);
	}

	/* Wherever the other applications run. */
	public Application on(TestEngine other) {
		this.engine = other;
		return this;
	}

	/* With a server within the process, and none that listens. */
	public Application onlyWithin(String name) {
		set("grpc.server.in-process-name", name);
		if (this.engine == TestEngine.DEVH) {
			return set("grpc.server.port", -1);
		}
		// Spring Boot has one that listens wherever there is a builder of it
		this.loader = new FilteredClassLoader("io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder",
				"io.grpc.netty.NettyServerBuilder");
		return this;
	}

	/* Without any bean of its own. */
	public Application bare() {
		this.sources.clear();
		return with(BareApplication.class);
	}

	/* Adds a bean. */
	public Application with(Class<?> source) {
		this.sources.add(source);
		return this;
	}

	/* Wherever the other applications run. */
	public Application on(TestNetty flavour) {
		this.loader = flavour.loader();
		return this;
	}

	public Application identity(String prefix, X509Bundle identity) {
		set(prefix + ".cert", file(prefix + ".crt", TestCertificates.pem(identity.getCertificatePath())));
		return set(prefix + ".key", file(prefix + ".key", TestCertificates.pem(identity.getKeyPair().getPrivate())));
	}

	public Application ca(String prefix, X509Bundle... anchors) {
		return set(prefix + ".ca", file(prefix + "-ca.crt", TestCertificates
			.pem(Arrays.stream(anchors).map(X509Bundle::getCertificate).toArray(X509Certificate[]::new))));
	}

	public Application crl(String prefix, TestCrl... lists) {
		return set(prefix + ".crl",
				file(prefix + ".crl", Arrays.stream(lists).map(TestCrl::pem).collect(Collectors.joining())));
	}

	public Path file(String name, String content) {
		return TestCertificates.write(this.directory.resolve(name), content);
	}

	public ConfigurableApplicationContext start() {
		return start(this.loader);
	}

	public ConfigurableApplicationContext start(ClassLoader loader) {
		return TestApplication.start(this.engine, loader, this.sources,
				this.properties.entrySet()
					.stream()
					.map((property) -> property.getKey() + "=" + property.getValue())
					.toArray(String[]::new));
	}

	/** Has what auto-configurations bring. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class BareApplication {

	}

}
