package io.github.securegrpc.migration;

import java.util.ArrayList;
import java.util.List;

import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.internal.ListUtils;
import org.openrewrite.java.AnnotationMatcher;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.RemoveAnnotationVisitor;
import org.openrewrite.java.tree.Comment;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TextComment;
import org.openrewrite.marker.Markers;

/**
 * Looks for {@code @GrpcClient}: a field that a method can fill gets one, in its class.
 */
final class GrpcClientVisitor extends JavaIsoVisitor<ExecutionContext> {

	static final String GRPC_CLIENT = "net.devh.boot.grpc.client.inject.GrpcClient";

	private static final AnnotationMatcher CLIENT = new AnnotationMatcher("@" + GRPC_CLIENT);

	private static final AnnotationMatcher BEAN = new AnnotationMatcher("@" + GRPC_CLIENT + "Bean");

	@Override
	public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration declaration, ExecutionContext context) {
		J.ClassDeclaration visited = super.visitClassDeclaration(declaration, context);
		List<StubField> fields = new ArrayList<>();
		J.Block body = visited.getBody();
		Cursor cursor = new Cursor(updateCursor(visited), body);
		visited = visited.withBody(body.withStatements(ListUtils.map(body.getStatements(), (statement) -> {
			StubField field = StubField.of(statement, CLIENT);
			if (field == null || !isJava()) {
				return statement;
			}
			fields.add(field);
			return (Statement) new RemoveAnnotationVisitor(CLIENT).visitNonNull(statement, context, cursor);
		})));
		for (StubField field : fields) {
			visited = field.connector()
				.apply(updateCursor(visited), visited.getBody().getCoordinates().lastStatement(), field.channel());
			field.imports().forEach((type) -> maybeAddImport(type, false));
			maybeRemoveImport(GRPC_CLIENT);
		}
		return visited;
	}

	@Override
	public J.Annotation visitAnnotation(J.Annotation annotation, ExecutionContext context) {
		J.Annotation visited = super.visitAnnotation(annotation, context);
		Cursor parent = getCursor().getParentTreeCursor();
		if (BEAN.matches(visited)) {
			return marked(visited, "no counterpart: @ImportGrpcClients(target = <name>, types = <stub>.class), "
					+ "whose bean has another name, or a @Bean that takes a GrpcChannelFactory");
		}
		if (!CLIENT.matches(visited) || parent.firstEnclosing(J.Annotation.class) != null || isReplaced(parent)) {
			return visited;
		}
		return marked(visited, "no counterpart: take Spring's GrpcChannelFactory and make the stub, "
				+ "<service>Grpc.newBlockingStub(channels.createChannel(<name>)); ChannelBuilderOptions has interceptors");
	}

	private boolean isReplaced(Cursor annotated) {
		return isJava() && annotated.getValue() instanceof Statement statement
				&& annotated.getParentTreeCursor().getParentTreeCursor().getValue() instanceof J.ClassDeclaration
				&& StubField.of(statement, CLIENT) != null;
	}

	private boolean isJava() {
		return getCursor().firstEnclosing(J.CompilationUnit.class) != null;
	}

	private J.Annotation marked(J.Annotation annotation, String what) {
		String text = " MIGRATE: " + what + " ";
		// read again, the comment above the first annotation is that of what is annotated
		if (has(annotation, text)
				|| (getCursor().getParentTreeCursor().getValue() instanceof J annotated && has(annotated, text))) {
			return annotation;
		}
		Comment comment = new TextComment(true, text, " ", Markers.EMPTY);
		return annotation.withComments(ListUtils.concat(annotation.getComments(), comment));
	}

	private static boolean has(J tree, String text) {
		return tree.getComments()
			.stream()
			.anyMatch((comment) -> comment instanceof TextComment known && known.getText().equals(text));
	}

}
