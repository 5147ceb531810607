package io.github.securegrpc.migration;

import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Option;
import org.openrewrite.ScanningRecipe;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.maven.AddDependencyVisitor;
import org.openrewrite.maven.MavenIsoVisitor;
import org.openrewrite.properties.tree.Properties;
import org.openrewrite.xml.tree.Xml;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Adds our starter to a module with net.devh's where a transport of the application is
 * protected: Spring Boot alone would not read how, and speak plaintext.
 *
 * @since 0.1.0
 */
public class AddSecureGrpc extends ScanningRecipe<AtomicBoolean> {

	private static final String GROUP = "io.github.securegrpc";

	@Option(displayName = "Version", description = "Of the starter.", example = "0.1.0")
	private final String version;

	/**
	 * Adds the starter of a version.
	 * @param version of the starter
	 */
	@JsonCreator
	public AddSecureGrpc(@JsonProperty("version") String version) {
		this.version = version;
	}

	@Override
	public String getDisplayName() {
		return "Add secure-grpc where net.devh's TLS is configured";
	}

	@Override
	public String getDescription() {
		return "What protected the transport is read by secure-grpc only; without it, Spring Boot would speak plaintext.";
	}

	@Override
	public AtomicBoolean getInitialValue(ExecutionContext context) {
		return new AtomicBoolean();
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getScanner(AtomicBoolean protects) {
		return new TreeVisitor<>() {

			@Override
			public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext context) {
				if (tree instanceof SourceFile file && ConfigurationFiles.contain(file) && protects(file)) {
					protects.set(true);
				}
				return tree;
			}

		};
	}

	private static boolean protects(SourceFile file) {
		if (file instanceof Properties.File properties) {
			return PropertiesLines.settings(properties.getContent()).stream().anyMatch(Protection::isIn);
		}
		return file instanceof Yaml.Documents documents && documents.getDocuments()
			.stream()
			.anyMatch((document) -> document.getBlock() instanceof Yaml.Mapping mapping
					&& Protection.isIn(YamlSettings.of(mapping)));
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor(AtomicBoolean protects) {
		return new MavenIsoVisitor<>() {

			@Override
			public Xml.Document visitDocument(Xml.Document document, ExecutionContext context) {
				if (!protects.get() || !has("net.devh") || has(GROUP)) {
					return document;
				}
				return (Xml.Document) new AddDependencyVisitor(GROUP, "secure-grpc-boot-grpc-spring-boot-starter",
						AddSecureGrpc.this.version, null, null, null, null, null, null, null)
					.visitNonNull(document, context);
			}

			private boolean has(String group) {
				return getResolutionResult().getPom()
					.getRequestedDependencies()
					.stream()
					.anyMatch((dependency) -> group.equals(dependency.getGroupId()));
			}

		};
	}

}
