package io.github.securegrpc.material;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds what is set under a prefix, in every spelling that Spring Boot binds, the
 * environment's included.
 *
 * @since 0.1.0
 */
public final class SetProperties {

	/* What Kubernetes sets in every pod beside a service whose name begins so. */
	private static final Pattern SERVICE_LINK = Pattern
		.compile("(.*\\.)?(service\\.(host|port).*|port|port[.\\[]\\d+.*)");

	private SetProperties() {
	}

	/**
	 * Returns what is set under a prefix.
	 * @param environment the environment
	 * @param prefix the prefix, in its canonical form
	 * @return what is set, as the sources of the environment have it
	 */
	public static Stream<SetProperty> under(Environment environment, String prefix) {
		ConfigurationPropertyName root = ConfigurationPropertyName.of(prefix);
		Stream.Builder<SetProperty> found = Stream.builder();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				ConfigurationPropertyName dashesAsDots = ConfigurationPropertyName.of(prefix.replace('-', '.'));
				iterable.stream()
					.filter((name) -> root.isAncestorOf(name) || (variables && dashesAsDots.isAncestorOf(name)))
					.filter((name) -> !variables || !isServiceLink(name, root, dashesAsDots))
					.forEach((name) -> found.add(new SetProperty(name, origin(source.getConfigurationProperty(name)))));
			}
		}
		return found.build();
	}

	private static boolean isServiceLink(ConfigurationPropertyName name, ConfigurationPropertyName root,
			ConfigurationPropertyName dashesAsDots) {
		ConfigurationPropertyName parent = root.isAncestorOf(name) ? root : dashesAsDots;
		return SERVICE_LINK.matcher(name.subName(parent.getNumberOfElements()).toString()).matches();
	}

	private static String origin(@Nullable ConfigurationProperty property) {
		Origin origin = (property != null) ? property.getOrigin() : null;
		return (origin != null) ? origin.toString() : "an unknown origin";
	}

	/**
	 * A property that is set.
	 *
	 * @param name its name
	 * @param origin where it is set
	 */
	public record SetProperty(ConfigurationPropertyName name, String origin) {

		/**
		 * Returns what follows in its name, in small letters and digits alone: the same
		 * for a variable of the environment with _ for a dash.
		 * @param element the first element that counts
		 * @return the letters, or nothing
		 */
		public String letters(int element) {
			return IntStream.range(element, this.name.getNumberOfElements())
				.mapToObj((index) -> this.name.getElement(index, Form.UNIFORM))
				.collect(Collectors.joining());
		}

	}

}
