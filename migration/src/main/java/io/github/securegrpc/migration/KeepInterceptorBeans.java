package io.github.securegrpc.migration;

import java.util.Comparator;
import java.util.List;

import org.openrewrite.ExecutionContext;
import org.openrewrite.Preconditions;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.AnnotationMatcher;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.JavaTemplate;
import org.openrewrite.java.search.UsesType;
import org.openrewrite.java.tree.J;

/**
 * Says of global interceptors that they are beans, which net.devh's annotations imply and
 * Spring's do not: an interceptor that only changes its annotation is never called.
 *
 * @since 0.1.0
 */
public class KeepInterceptorBeans extends Recipe {

	private static final List<String> GLOBAL = List.of(
			"net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor",
			"net.devh.boot.grpc.client.interceptor.GrpcGlobalClientInterceptor");

	private static final List<AnnotationMatcher> MATCHERS = GLOBAL.stream()
		.map((name) -> new AnnotationMatcher("@" + name))
		.toList();

	private static final String COMPONENT = "org.springframework.stereotype.Component";

	private static final String BEAN = "org.springframework.context.annotation.Bean";

	// A stereotype, Spring's or another that is made of one.
	private static final AnnotationMatcher COMPONENTS = new AnnotationMatcher("@" + COMPONENT, true);

	private static final AnnotationMatcher BEANS = new AnnotationMatcher("@" + BEAN);

	@Override
	public String getDisplayName() {
		return "Keep net.devh's global interceptors beans";
	}

	@Override
	public String getDescription() {
		return "Adds @Component or @Bean where net.devh's annotation implied it.";
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor() {
		return Preconditions.check(
				Preconditions.or(new UsesType<>(GLOBAL.get(0), false), new UsesType<>(GLOBAL.get(1), false)),
				new JavaIsoVisitor<>() {

					@Override
					public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration type, ExecutionContext context) {
						J.ClassDeclaration visited = super.visitClassDeclaration(type, context);
						if (!needs(visited.getLeadingAnnotations(), COMPONENTS)) {
							return visited;
						}
						maybeAddImport(COMPONENT, false);
						return annotation(COMPONENT).apply(updateCursor(visited), visited.getCoordinates()
							.addAnnotation(Comparator.comparing(J.Annotation::getSimpleName)));
					}

					@Override
					public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration method,
							ExecutionContext context) {
						J.MethodDeclaration visited = super.visitMethodDeclaration(method, context);
						if (!needs(visited.getLeadingAnnotations(), BEANS)) {
							return visited;
						}
						maybeAddImport(BEAN, false);
						return annotation(BEAN).apply(updateCursor(visited), visited.getCoordinates()
							.addAnnotation(Comparator.comparing(J.Annotation::getSimpleName)));
					}

				});
	}

	private static boolean needs(List<J.Annotation> annotations, AnnotationMatcher present) {
		return annotations.stream()
			.anyMatch((annotation) -> MATCHERS.stream().anyMatch((one) -> one.matches(annotation)))
				&& annotations.stream()
					.noneMatch((annotation) -> MATCHERS.stream().noneMatch((one) -> one.matches(annotation))
							&& present.matches(annotation));
	}

	private static JavaTemplate annotation(String name) {
		int dot = name.lastIndexOf('.');
		return JavaTemplate.builder("@" + name.substring(dot + 1))
			.imports(name)
			.javaParser(
					JavaParser.fromJavaVersion()
						.dependsOn("package " + name.substring(0, dot) + "; public @interface "
								+ name.substring(dot + 1) + " {}"))
			.build();
	}

}
