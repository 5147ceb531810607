package io.github.securegrpc.migration;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.AnnotationMatcher;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.JavaTemplate;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TypeUtils;

/**
 * A field for which a method can make the stub, or that is the channel itself.
 *
 * @param name of the field
 * @param channel the channel's name, an expression
 * @param type of the stub, none if the field is the channel
 */
record StubField(String name, Expression channel, JavaType.@Nullable FullyQualified type) {

	private static final String AUTOWIRED = "org.springframework.beans.factory.annotation.Autowired";

	private static final String FACTORY = "org.springframework.grpc.client.GrpcChannelFactory";

	private static final String CHANNEL = "package io.grpc; public abstract class Channel {}";

	// Returns none if it is another statement, or a field of another kind.
	static @Nullable StubField of(Statement statement, AnnotationMatcher matcher) {
		if (!(statement instanceof J.VariableDeclarations field) || field.getVariables().size() != 1
				|| field.hasModifier(J.Modifier.Type.Static) || field.hasModifier(J.Modifier.Type.Final)) {
			return null;
		}
		J.Annotation annotation = field.getLeadingAnnotations()
			.stream()
			.filter(matcher::matches)
			.findFirst()
			.orElse(null);
		Expression channel = (annotation != null) ? channel(annotation) : null;
		JavaType.FullyQualified type = TypeUtils.asFullyQualified(field.getType());
		if (annotation == null || channel == null || type == null) {
			return null;
		}
		String name = field.getVariables().get(0).getSimpleName();
		if (TypeUtils.isOfClassType(type, "io.grpc.Channel")) {
			return new StubField(name, channel, null);
		}
		JavaType.FullyQualified outer = type.getOwningClass();
		return (method(type) != null && outer != null && outer.getOwningClass() == null)
				? new StubField(name, channel, type) : null;
	}

	private static @Nullable Expression channel(J.Annotation annotation) {
		List<Expression> arguments = annotation.getArguments();
		if (arguments == null || arguments.size() != 1) {
			return null;
		}
		if (arguments.get(0) instanceof J.Assignment assignment) {
			return assignment.getVariable().toString().equals("value") ? assignment.getAssignment() : null;
		}
		return arguments.get(0);
	}

	// What makes a stub of the type, by the names of grpc-java's generator.
	private static @Nullable String method(JavaType.FullyQualified type) {
		String parent = (type.getSupertype() != null) ? type.getSupertype().getFullyQualifiedName() : "";
		return switch (parent) {
			case "io.grpc.stub.AbstractBlockingStub" ->
				type.getClassName().endsWith("BlockingV2Stub") ? "newBlockingV2Stub" : "newBlockingStub";
			case "io.grpc.stub.AbstractFutureStub" -> "newFutureStub";
			case "io.grpc.stub.AbstractAsyncStub" -> "newStub";
			default -> null;
		};
	}

	// A method that takes Spring's channels and fills the field; the channel's name is
	// its parameter.
	JavaTemplate connector() {
		String channel = "channels.createChannel(#{any(java.lang.String)})";
		String value = (this.type != null)
				? outer(this.type).getClassName() + "." + method(this.type) + "(" + channel + ")" : channel;
		return JavaTemplate.builder("""
				@Autowired
				private void connect%s(GrpcChannelFactory channels) {
					this.%s = %s;
				}
				""".formatted(capitalized(this.name), this.name, value))
			.contextSensitive()
			.imports(imports().toArray(String[]::new))
			.javaParser(JavaParser.fromJavaVersion().dependsOn(sources()))
			.build();
	}

	List<String> imports() {
		return (this.type != null) ? List.of(AUTOWIRED, FACTORY, outer(this.type).getFullyQualifiedName())
				: List.of(AUTOWIRED, FACTORY);
	}

	// Enough of the types for the compiler that reads the method.
	private String[] sources() {
		String autowired = "package org.springframework.beans.factory.annotation; public @interface Autowired {}";
		String factory = "package org.springframework.grpc.client; public interface GrpcChannelFactory "
				+ "{ io.grpc.ManagedChannel createChannel(String target); }";
		String managed = "package io.grpc; public abstract class ManagedChannel extends Channel {}";
		if (this.type == null) {
			return new String[] { autowired, factory, managed, CHANNEL };
		}
		JavaType.FullyQualified outer = outer(this.type);
		String stub = this.type.getClassName().replaceFirst(".*\\.", "");
		String generated = "%s public class %s { public static class %s {} public static %s %s(io.grpc.Channel channel) { return null; } }"
			.formatted(outer.getPackageName().isEmpty() ? "" : "package " + outer.getPackageName() + ";",
					outer.getClassName(), stub, stub, method(this.type));
		return new String[] { autowired, factory, managed, CHANNEL, generated };
	}

	private static JavaType.FullyQualified outer(JavaType.FullyQualified type) {
		return Objects.requireNonNull(type.getOwningClass());
	}

	private static String capitalized(String name) {
		return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
	}

}
