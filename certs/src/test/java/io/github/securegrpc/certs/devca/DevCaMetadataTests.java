package io.github.securegrpc.certs.devca;

import java.util.List;
import java.util.Objects;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an IDE is told about the properties of the dev CA.
 */
class DevCaMetadataTests {

	private final DocumentContext metadata = JsonPath.parse(Objects
		.requireNonNull(DevCaMetadataTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")));

	@Test
	void everyPropertyIsDescribedBySentence() {
		List<String> names = this.metadata.read("$.properties[*].name");
		assertThat(names).containsExactlyInAnyOrder("secure-grpc.dev-ca.enabled", "secure-grpc.dev-ca.directory",
				"secure-grpc.dev-ca.validity");
		List<String> descriptions = this.metadata.read("$.properties[*].description");
		assertThat(descriptions).hasSameSizeAs(names).allMatch((description) -> description.endsWith("."));
	}

}
