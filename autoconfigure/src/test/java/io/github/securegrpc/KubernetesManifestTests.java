package io.github.securegrpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

/**
 * The parts of docs/kubernetes.yaml fit each other, which no schema says.
 */
class KubernetesManifestTests {

	private static final String POD = "$[1].spec.template.spec.";

	private static final String CONTAINER = POD + "containers[0].";

	private final List<Object> manifest = new ArrayList<>();

	@BeforeEach
	void read() throws IOException {
		new Yaml().loadAll(Files.readString(Path.of("../docs/kubernetes.yaml"))).forEach(this.manifest::add);
	}

	@Test
	void certificateHasTheNamesOfTheService() {
		Object service = at("$[2].metadata.name");
		assertThat(at("$[0].spec.dnsNames")).asInstanceOf(LIST).contains(service, service + ".default.svc");
		assertThat(at("$[2].spec.ports[*].port")).isEqualTo(ports("grpc"))
			.isEqualTo(List.of(new GrpcServerProperties().getPort()));
		assertThat(at("$[2].spec.selector")).isEqualTo(at("$[1].spec.template.metadata.labels"));
	}

	@Test
	void probesAskTheManagementPort() {
		assertThat(at(CONTAINER + "*.httpGet.port")).asInstanceOf(LIST).hasSize(3).containsOnly("management");
		assertThat(at(CONTAINER + "env[?(@.name == 'MANAGEMENT_SERVER_PORT')].value")).asString()
			.contains(ports("management").toString().replaceAll("\\D", ""));
	}

	/* 0400 would do as well: Kubernetes gives the group what the owner has. */
	@Test
	void applicationThatIsNotRootReadsTheSecretAndWritesNothingElseThanTmp() {
		assertThat(at(POD + "volumes[0].secret.defaultMode")).isEqualTo(0440);
		assertThat(at(POD + "securityContext.fsGroup")).isNotNull();
		assertThat(at(POD + "securityContext.runAsUser")).isNotEqualTo(0);
		assertThat(at(CONTAINER + "volumeMounts[?(@.readOnly != true)].mountPath")).isEqualTo(List.of("/tmp"));
	}

	private Object ports(String name) {
		return at(CONTAINER + "ports[?(@.name == '" + name + "')].containerPort");
	}

	private Object at(String path) {
		return JsonPath.<Object>read(this.manifest, path);
	}

}
