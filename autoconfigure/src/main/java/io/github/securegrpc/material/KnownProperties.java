package io.github.securegrpc.material;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * The properties under {@code secure-grpc} that mean something, read from the records
 * that hold them. Any other is refused: a misspelt setting would be a missing one.
 */
final class KnownProperties {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("secure-grpc");

	private static final String ANY = "*";

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
				iterable.stream()
					.filter(PREFIX::isAncestorOf)
					.filter((name) -> this.names.stream().noneMatch((known) -> matches(known, name)))
					.findFirst()
					.ifPresent(this::refuse);
			}
		}
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
				collect(name + "." + ANY, element);
			}
			else {
				this.names.add(name);
			}
		}
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private static boolean matches(String known, ConfigurationPropertyName name) {
		String[] elements = known.split("\\.", -1);
		int size = name.getNumberOfElements();
		while (size > elements.length && name.isNumericIndex(size - 1)) {
			size--;
		}
		if (size != elements.length) {
			return false;
		}
		for (int i = 0; i < size; i++) {
			String element = name.getElement(i, Form.UNIFORM);
			if (!elements[i].equals(ANY) && !elements[i].replace("-", "").equals(element)) {
				return false;
			}
		}
		return true;
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
