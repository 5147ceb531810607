package io.github.securegrpc.material.source;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.text.NearestName;

/**
 * The properties under {@code secure-grpc} that mean something, read from the records
 * that hold them. Any other is refused: a misspelt setting would be a missing one.
 */
final class KnownProperties {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("secure-grpc");

	/* SECURE_GRPC_… in the environment; the right spelling is SECUREGRPC_…. */
	private static final ConfigurationPropertyName DASHES_AS_DOTS = ConfigurationPropertyName.of("secure.grpc");

	/* What Kubernetes sets in every pod beside a service named secure-grpc. */
	private static final Pattern SERVICE_LINK = Pattern
		.compile("secure\\.?grpc\\.(service\\.(host|port).*|port|port\\[\\d+]\\..*)");

	private static final String ANY = "*";

	private static final String INDEX = "#";

	private final List<String> names = new ArrayList<>();

	KnownProperties(Collection<Class<?>> types) {
		for (Class<?> type : types) {
			ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
			if (annotation != null && type.isRecord()) {
				collect(annotation.value(), type);
			}
		}
	}

	void refuseOthers(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean isEnvironment = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				iterable.stream()
					.filter((name) -> !isEnvironment || !SERVICE_LINK.matcher(name.toString()).matches())
					.forEach((name) -> check(name, isEnvironment));
			}
		}
	}

	private void check(ConfigurationPropertyName name, boolean isEnvironment) {
		if (PREFIX.isAncestorOf(name)) {
			if (!isKnown(name)) {
				refuse(name);
			}
		}
		else if (DASHES_AS_DOTS.isAncestorOf(name) && !(isEnvironment && isBoundWithDashesAsDots(name))) {
			refuseDashesAsDots(name);
		}
	}

	private boolean isKnown(ConfigurationPropertyName name) {
		return this.names.stream().anyMatch((known) -> matches(known.split("\\."), name));
	}

	/* Boot finds a property by such a name, but no entry of a map. */
	private boolean isBoundWithDashesAsDots(ConfigurationPropertyName name) {
		return this.names.stream()
			.filter((known) -> !known.contains(ANY))
			.anyMatch((known) -> matches(known.split("[.-]"), name));
	}

	private void collect(String prefix, Class<?> type) {
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + "." + dashed(component.getName());
			if (component.getType().isRecord()) {
				collect(name, component.getType());
			}
			else if (component.getGenericType() instanceof ParameterizedType map && map.getRawType() == Map.class) {
				collect(name + "." + ANY, (Class<?>) map.getActualTypeArguments()[1]);
			}
			else if (component.getGenericType() instanceof ParameterizedType list
					&& list.getActualTypeArguments()[0] instanceof Class<?> element && element.isRecord()) {
				collect(name + "." + INDEX, element);
			}
			else {
				this.names.add(name);
			}
		}
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private static boolean matches(String[] known, ConfigurationPropertyName name) {
		int size = name.getNumberOfElements();
		while (size > known.length && name.isNumericIndex(size - 1)) {
			size--;
		}
		if (size != known.length) {
			return false;
		}
		for (int i = 0; i < size; i++) {
			if (!matches(known[i], name, i)) {
				return false;
			}
		}
		return true;
	}

	private static boolean matches(String known, ConfigurationPropertyName name, int element) {
		return switch (known) {
			case ANY -> true;
			case INDEX -> name.isNumericIndex(element);
			default -> known.replace("-", "").equals(name.getElement(element, Form.UNIFORM));
		};
	}

	private void refuseDashesAsDots(ConfigurationPropertyName name) {
		ConfigurationPropertyName meant = PREFIX.append(name.subName(DASHES_AS_DOTS.getNumberOfElements()));
		if (!isKnown(meant)) {
			refuse(meant);
		}
		throw new RefusedException(
				"%s is not read (expected: %s, or %s in the environment)".formatted(name, meant, variable(meant)),
				"In an environment variable leave the dashes of a name out: %s.".formatted(variable(meant)));
	}

	private static String variable(ConfigurationPropertyName name) {
		return name.toString().replace("-", "").replaceAll("[.\\[]", "_").replace("]", "").toUpperCase(Locale.ROOT);
	}

	private void refuse(ConfigurationPropertyName name) {
		if (ConfigurationPropertyName.of("secure-grpc.dev-ca").isAncestorOf(name)) {
			throw new RefusedException(
					"%s is set, but the dev CA is not on the class path (expected: secure-grpc-certs)".formatted(name),
					"Add the dependency io.github.securegrpc:secure-grpc-certs, or remove %s.".formatted(name));
		}
		throw new RefusedException("%s is not a property of this version".formatted(name),
				NearestName.of(name.toString(), this.names)
					.map("Did you mean %s?"::formatted)
					.orElse("Remove it; README.md lists every property."));
	}

}
