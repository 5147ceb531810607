package io.github.securegrpc.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.openrewrite.ExecutionContext;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.maven.MavenExecutionContextView;
import org.openrewrite.maven.tree.MavenRepository;

/**
 * A Maven repository in a directory, with just what the tests' applications depend on.
 *
 * @param directory where it is
 */
record Repository(Path directory) {

	// A context that asks this repository and no other.
	ExecutionContext context() throws IOException {
		for (String devh : List.of("grpc-spring-boot-starter", "grpc-server-spring-boot-starter",
				"grpc-client-spring-boot-starter")) {
			publish("net.devh", devh, "3.1.0.RELEASE", "");
		}
		String version = Versions.BOOT_GRPC;
		publish("org.springframework.boot", "spring-boot-starter-grpc-server", version, "");
		publish("org.springframework.boot", "spring-boot-starter-grpc-client", version, "");
		publish("org.springframework.boot", "spring-boot-dependencies", version, """
				<packaging>pom</packaging>
				<dependencyManagement>
					<dependencies>%s%s</dependencies>
				</dependencyManagement>
				""".formatted(managed("server", version), managed("client", version)));
		publish("io.github.securegrpc", "secure-grpc-spring-boot-starter", Versions.PROJECT, "");
		publish("io.github.securegrpc", "secure-grpc-boot-grpc-spring-boot-starter", Versions.PROJECT, "");
		return new MavenExecutionContextView(new InMemoryExecutionContext((ex) -> {
			throw new IllegalStateException(ex);
		})).setAddCentralRepository(false)
			.setAddLocalRepository(false)
			.setRepositories(List.of(MavenRepository.builder()
				.id("test")
				.uri(this.directory.toUri().toString())
				.knownToExist(true)
				.build()));
	}

	private static String managed(String side, String version) {
		return """
				<dependency>
					<groupId>org.springframework.boot</groupId>
					<artifactId>spring-boot-starter-grpc-%s</artifactId>
					<version>%s</version>
				</dependency>
				""".formatted(side, version);
	}

	private void publish(String group, String artifact, String version, String content) throws IOException {
		Path folder = this.directory.resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
		Files.createDirectories(folder);
		Files.writeString(folder.resolve(artifact + "-" + version + ".pom"), """
				<project>
					<modelVersion>4.0.0</modelVersion>
					<groupId>%s</groupId>
					<artifactId>%s</artifactId>
					<version>%s</version>
					%s
				</project>
				""".formatted(group, artifact, version, content));
		if (content.isEmpty()) {
			// without a jar, a POM is not taken for downloaded
			Files.writeString(folder.resolve(artifact + "-" + version + ".jar"), "jar");
		}
	}

}
