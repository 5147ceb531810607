package io.github.securegrpc.migration;

import org.openrewrite.ExecutionContext;
import org.openrewrite.Preconditions;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.search.UsesType;

/**
 * Replaces fields annotated with net.devh's {@code @GrpcClient} by a method that makes
 * the stub of a channel of Spring's. Other uses get a comment on what to write.
 *
 * @since 0.1.0
 */
public class ReplaceGrpcClient extends Recipe {

	@Override
	public String getDisplayName() {
		return "Replace net.devh's @GrpcClient";
	}

	@Override
	public String getDescription() {
		return "A stub that is a field is made of a channel of Spring's GrpcChannelFactory; other uses get a comment.";
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor() {
		return Preconditions.check(new UsesType<>("net.devh.boot.grpc.client.inject.*", false),
				new GrpcClientVisitor());
	}

}
