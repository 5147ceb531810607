package io.github.securegrpc.migration;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.SourceSpecs;

import static org.openrewrite.java.Assertions.java;
import static org.openrewrite.java.Assertions.mavenProject;
import static org.openrewrite.java.Assertions.srcMainJava;
import static org.openrewrite.java.Assertions.srcMainResources;
import static org.openrewrite.maven.Assertions.pomXml;
import static org.openrewrite.properties.Assertions.properties;
import static org.openrewrite.yaml.Assertions.yaml;

class DependenciesTests implements RewriteTest {

	private static final String DEVH_VERSION = "<version>3.1.0.RELEASE</version>";

	private final Path directory;

	DependenciesTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Override
	public void defaults(RecipeSpec spec) {
		spec.recipeFromResources("io.github.securegrpc.migration.NetDevhToSpringBootGrpc").parser(JavaSources.parser());
		try {
			spec.executionContext(new Repository(this.directory).context());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void anApplicationWithoutNetDevhStays() {
		rewriteRun(pomXml(pom(dependency("org.springframework.boot", "spring-boot-starter-grpc-server", boot()))));
	}

	@Test
	void springBootsStarterHasItsVersionWhereNobodyManagesIt() {
		rewriteRun(pomXml(pom(dependency("net.devh", "grpc-server-spring-boot-starter", DEVH_VERSION)),
				pom(dependency("org.springframework.boot", "spring-boot-starter-grpc-server", boot()))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "server", "client" })
	void springBootsStarterHasNoVersionWhereSpringBootManagesIt(String side) {
		rewriteRun(pomXml(managed(dependency("net.devh", "grpc-" + side + "-spring-boot-starter", DEVH_VERSION)),
				managed(dependency("org.springframework.boot", "spring-boot-starter-grpc-" + side, ""))));
	}

	@Test
	void ofBothInOneTheServersIsLeftWhereNoClientIs() {
		rewriteRun(pomXml(managed(dependency("net.devh", "grpc-spring-boot-starter", DEVH_VERSION)),
				managed(dependency("org.springframework.boot", "spring-boot-starter-grpc-server", ""))));
	}

	@Test
	void ofBothInOneBothAreLeftWhereAClientIs() {
		String server = dependency("org.springframework.boot", "spring-boot-starter-grpc-server", "");
		String client = dependency("org.springframework.boot", "spring-boot-starter-grpc-client", "");
		rewriteRun(mavenProject("ledger",
				pomXml(managed(dependency("net.devh", "grpc-spring-boot-starter", DEVH_VERSION)),
						managed(server + client)),
				srcMainJava(client()), srcMainResources(said("grpc.client.ledger.negotiation-type=PLAINTEXT"))));
	}

	/* net.devh's default is TLS. */
	@Test
	void ourStarterComesWithAChannelThatNoFileNames() {
		rewriteRun(mavenProject("ledger",
				pomXml(managed(dependency("net.devh", "grpc-client-spring-boot-starter", DEVH_VERSION)),
						managed(ours()
								+ dependency("org.springframework.boot", "spring-boot-starter-grpc-client", ""))),
				srcMainJava(client()), srcMainResources(said("grpc.client.other.negotiation-type=PLAINTEXT"))));
	}

	@Test
	void ourStarterIsNotAddedWhereAllChannelsArePlaintext() {
		rewriteRun(mavenProject("ledger",
				pomXml(managed(dependency("net.devh", "grpc-client-spring-boot-starter", DEVH_VERSION)),
						managed(dependency("org.springframework.boot", "spring-boot-starter-grpc-client", ""))),
				srcMainJava(client()), srcMainResources(said("grpc.client.GLOBAL.negotiation-type=PLAINTEXT"))));
	}

	@Test
	void ourStarterBringsTheClientsStarter() {
		String version = "<version>" + Versions.PROJECT + "</version>";
		rewriteRun(mavenProject("ledger",
				pomXml(pom(dependency("io.github.securegrpc", "secure-grpc-spring-boot-starter", version)),
						pom(dependency("io.github.securegrpc", "secure-grpc-boot-grpc-spring-boot-starter", version))),
				srcMainJava(client())));
	}

	@Test
	void ourStarterIsThatOfTheOtherEngine() {
		String version = "<version>" + Versions.PROJECT + "</version>";
		rewriteRun(pomXml(pom(dependency("io.github.securegrpc", "secure-grpc-spring-boot-starter", version)),
				pom(dependency("io.github.securegrpc", "secure-grpc-boot-grpc-spring-boot-starter", version))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "grpc.client.x.negotiation-type=PLAINTEXT", "grpc.server.security.enabled=false",
			"grpc.client.x.address=in-process:test", "grpc.server.address=127.0.0.1",
			"grpc.client.GLOBAL.keep-alive-without-calls=true" })
	void whereNothingIsProtectedOurStarterIsNotAdded(String line) {
		rewriteRun(
				pomXml(managed(dependency("net.devh", "grpc-client-spring-boot-starter", DEVH_VERSION)),
						managed(dependency("org.springframework.boot", "spring-boot-starter-grpc-client", ""))),
				said(line));
	}

	@ParameterizedTest
	@ValueSource(strings = { "grpc.client.x.negotiation-type=TLS", "grpc.server.security.enabled=true",
			"grpc.server.security.certificate-chain=file:tls.crt", "grpc.client.x.security.client-auth-enabled=true",
			"grpc.client.x.address=static://localhost:9090", "grpc.client.x.keep-alive-without-calls=true",
			"grpc.client.x.security.client-auth-enabled=false" })
	void ourStarterComesWithTheTlsThatItReads(String line) {
		rewriteRun(
				pomXml(managed(dependency("net.devh", "grpc-client-spring-boot-starter", DEVH_VERSION)),
						managed(ours()
								+ dependency("org.springframework.boot", "spring-boot-starter-grpc-client", ""))),
				said(line));
	}

	@Test
	void ourStarterComesWithTheTlsOfYamlFiles() {
		rewriteRun(
				pomXml(managed(dependency("net.devh", "grpc-server-spring-boot-starter", DEVH_VERSION)),
						managed(ours()
								+ dependency("org.springframework.boot", "spring-boot-starter-grpc-server", ""))),
				yaml("grpc.server.security.certificate-chain: file:tls.crt", """
						secure-grpc:
						  server:
						    cert: file:tls.crt
						""", (source) -> source.path("src/main/resources/application.yml")));
	}

	private static String ours() {
		return dependency("io.github.securegrpc", "secure-grpc-boot-grpc-spring-boot-starter",
				"<version>" + Versions.PROJECT + "</version>");
	}

	private static SourceSpecs said(String line) {
		return properties(line, (source) -> source.path("application.properties").after(String::valueOf));
	}

	private static SourceSpecs client() {
		return java("""
				import io.grpc.Channel;
				import net.devh.boot.grpc.client.inject.GrpcClient;

				class Client {

				    @GrpcClient("ledger")
				    Channel channel;

				}
				""", """
				import io.grpc.Channel;
				import org.springframework.beans.factory.annotation.Autowired;
				import org.springframework.grpc.client.GrpcChannelFactory;

				class Client {

				    Channel channel;

				    @Autowired
				    private void connectChannel(GrpcChannelFactory channels) {
				        this.channel = channels.createChannel("ledger");
				    }

				}
				""");
	}

	private static String boot() {
		return "<version>" + Versions.BOOT_GRPC + "</version>";
	}

	private static String managed(String dependencies) {
		return pom(dependencies).replace("    <dependencies>\n", """
				<dependencyManagement>
				    <dependencies>
				        <dependency>
				            <groupId>org.springframework.boot</groupId>
				            <artifactId>spring-boot-dependencies</artifactId>
				            %s
				            <type>pom</type>
				            <scope>import</scope>
				        </dependency>
				    </dependencies>
				</dependencyManagement>
				<dependencies>
				""".formatted(boot()).indent(4));
	}

	private static String pom(String dependencies) {
		return """
				<project>
				    <modelVersion>4.0.0</modelVersion>
				    <groupId>com.example</groupId>
				    <artifactId>ledger</artifactId>
				    <version>1</version>
				    <dependencies>
				%s    </dependencies>
				</project>
				""".formatted(dependencies);
	}

	private static String dependency(String group, String artifact, String version) {
		return """
				        <dependency>
				            <groupId>%s</groupId>
				            <artifactId>%s</artifactId>
				%s        </dependency>
				""".formatted(group, artifact, version.isEmpty() ? "" : "            " + version + "\n");
	}

}
