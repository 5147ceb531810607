package io.github.securegrpc.migration;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.openrewrite.SourceFile;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaSourceFile;
import org.openrewrite.java.tree.TypeUtils;
import org.openrewrite.properties.tree.Properties;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Whether something protects the transport of a server or a channel of net.devh's, whose
 * channels are protected if nothing else is said, whether a file names them or not.
 */
final class Protection {

	// Of a channel whose name is no text in the source.
	private static final String UNKNOWN = "";

	private final Set<String> called = new HashSet<>();

	private final Set<String> open = new HashSet<>();

	private boolean told;

	boolean isNeeded() {
		return this.told || this.called.stream().anyMatch((channel) -> !isOpen(channel));
	}

	private boolean isOpen(String channel) {
		return this.open.contains(NetDevhKey.GLOBAL) || this.open.contains(channel)
				|| channel.startsWith("in-process:");
	}

	void read(SourceFile file) {
		if (file instanceof JavaSourceFile source) {
			new Channels().visit(source, this.called);
		}
		else if (ConfigurationFiles.contain(file)) {
			readConfiguration(file);
		}
	}

	private void readConfiguration(SourceFile file) {
		if (file instanceof Properties.File properties) {
			PropertiesLines.settings(properties.getContent()).forEach(this::read);
		}
		else if (file instanceof Yaml.Documents documents) {
			documents.getDocuments().forEach((document) -> {
				if (document.getBlock() instanceof Yaml.Mapping mapping) {
					read(YamlSettings.of(mapping));
				}
			});
		}
	}

	private void read(List<Setting> document) {
		for (Setting setting : document) {
			NetDevhKey key = NetDevhKey.of(setting.key());
			if (key != null) {
				read(setting, new Place(key, document));
			}
		}
	}

	private void read(Setting setting, Place place) {
		NetDevhKey key = place.key();
		String channel = key.channel();
		if (channel == null) {
			this.told |= key.isOfTls() && !setting.value().equalsIgnoreCase("false");
		}
		else if (place.isPlaintext() || isWithinProcess(place)) {
			this.open.add(channel);
		}
		else {
			// GLOBAL is no channel: what it says of others than TLS protects none
			this.told |= !key.isGlobal() || key.isOfTls();
		}
	}

	private static boolean isWithinProcess(Place place) {
		String address = place.told("address");
		return address != null && address.startsWith("in-process:");
	}

	/**
	 * Collects the names of the channels that a source file calls.
	 */
	private static final class Channels extends JavaIsoVisitor<Set<String>> {

		@Override
		public J.Annotation visitAnnotation(J.Annotation annotation, Set<String> called) {
			if (TypeUtils.isOfClassType(annotation.getType(), GrpcClientVisitor.GRPC_CLIENT)) {
				called.add(name(annotation.getArguments()));
			}
			return super.visitAnnotation(annotation, called);
		}

		private static String name(@Nullable List<Expression> arguments) {
			if (arguments == null) {
				return UNKNOWN;
			}
			for (Expression argument : arguments) {
				if (argument instanceof J.Literal literal && literal.getValue() instanceof String name) {
					return name;
				}
				if (argument instanceof J.Assignment assignment && assignment.getVariable() instanceof J.Identifier id
						&& id.getSimpleName().equals("value") && assignment.getAssignment() instanceof J.Literal literal
						&& literal.getValue() instanceof String name) {
					return name;
				}
			}
			return UNKNOWN;
		}

	}

}
