package io.github.securegrpc.migration;

import java.util.List;

import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.properties.PropertiesVisitor;
import org.openrewrite.properties.tree.Properties;

/**
 * Moves net.devh's keys in {@code application.properties}.
 *
 * @since 0.1.0
 */
public class MovePropertiesFiles extends Recipe {

	@Override
	public String getDisplayName() {
		return "Move net.devh's gRPC keys in properties files";
	}

	@Override
	public String getDescription() {
		return "To Spring Boot's own gRPC and, what protects the transport, to secure-grpc. What has no counterpart stays, with a comment.";
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor() {
		return new PropertiesVisitor<>() {

			@Override
			public Properties visitFile(Properties.File file, ExecutionContext context) {
				if (!ConfigurationFiles.contain(file)) {
					return file;
				}
				List<Properties.Content> moved = PropertiesLines.ofFile(file.getContent());
				return moved.equals(file.getContent()) ? file : file.withContent(moved);
			}

		};
	}

}
