package io.github.securegrpc.migration;

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
import org.openrewrite.xml.tree.Xml;

/**
 * Adds our starter to a module with net.devh's where a transport of the application is
 * protected, if only because nothing is said of it: Spring Boot alone would speak
 * plaintext.
 *
 * @since 0.1.0
 */
public class AddSecureGrpc extends ScanningRecipe<Protection> {

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
		return "Add secure-grpc where net.devh's TLS is in force";
	}

	@Override
	public String getDescription() {
		return "What protected the transport is read by secure-grpc only; without it, Spring Boot would speak plaintext.";
	}

	@Override
	public Protection getInitialValue(ExecutionContext context) {
		return new Protection();
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getScanner(Protection protection) {
		return new TreeVisitor<>() {

			@Override
			public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext context) {
				if (tree instanceof SourceFile file) {
					protection.read(file);
				}
				return tree;
			}

		};
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor(Protection protection) {
		return new MavenIsoVisitor<>() {

			@Override
			public Xml.Document visitDocument(Xml.Document document, ExecutionContext context) {
				if (!protection.isNeeded() || !has("net.devh") || has(GROUP)) {
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
