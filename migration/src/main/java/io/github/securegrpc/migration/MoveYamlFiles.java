package io.github.securegrpc.migration;

import java.util.List;

import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.yaml.YamlIsoVisitor;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Moves net.devh's keys in {@code application.yml}.
 *
 * @since 0.1.0
 */
public class MoveYamlFiles extends Recipe {

	@Override
	public String getDisplayName() {
		return "Move net.devh's gRPC keys in YAML files";
	}

	@Override
	public String getDescription() {
		return "To Spring Boot's own gRPC and, what protects the transport, to secure-grpc. What has no counterpart stays, with a comment.";
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor() {
		return new YamlIsoVisitor<>() {

			@Override
			public Yaml.Documents visitDocuments(Yaml.Documents documents, ExecutionContext context) {
				return ConfigurationFiles.contain(documents) ? super.visitDocuments(documents, context) : documents;
			}

			@Override
			public Yaml.Document visitDocument(Yaml.Document document, ExecutionContext context) {
				return (document.getBlock() instanceof Yaml.Mapping mapping) ? document.withBlock(moved(mapping))
						: document;
			}

		};
	}

	private static Yaml.Mapping moved(Yaml.Mapping mapping) {
		List<Setting> settings = YamlSettings.of(mapping);
		List<Setting> moved = Move.of(settings);
		return moved.equals(settings) ? mapping : YamlTree.replace(mapping, moved);
	}

}
