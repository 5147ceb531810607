package io.github.securegrpc.application;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * One of the two ways of {@code docs/behind-a-proxy.md}, as it is written but for the
 * directory of its files, the ports, and the address of the server.
 */
enum ProxyPage {

	PLAINTEXT_BEHIND_TLS(0), TLS_ON_BOTH_LEGS(1), PATH(2), WHO_CALLS(3);

	private static final Path PAGE = Path.of("..", "docs", "behind-a-proxy.md");

	private final int place;

	ProxyPage(int place) {
		this.place = place;
	}

	/* Gives the application the properties of the page. */
	void configure(Application application, Path directory) throws IOException {
		EnumerablePropertySource<?> properties = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
			.load("page", new ByteArrayResource(block("yaml", directory).getBytes(StandardCharsets.UTF_8)))
			.get(0);
		for (String name : properties.getPropertyNames()) {
			application.set(name, String.valueOf(properties.getProperty(name)));
		}
	}

	/* The configuration of nginx of the page. */
	String nginx(Path directory, int port, int serverPort) throws IOException {
		return block("nginx", directory).replaceFirst(" 443 ", " 127.0.0.1:" + port + " ")
			.replaceFirst("(ledger\\.internal|127\\.0\\.0\\.1):9090", "127.0.0.1:" + serverPort);
	}

	private String block(String language, Path directory) throws IOException {
		return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(PAGE))
			.results()
			.map((block) -> block.group(1))
			.toList()
			.get(this.place)
			.replace("/etc/tls", directory.toString());
	}

}
