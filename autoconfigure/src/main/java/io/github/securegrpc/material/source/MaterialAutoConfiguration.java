package io.github.securegrpc.material.source;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.SecurityClock;
import io.github.securegrpc.material.SetProperties;
import io.github.securegrpc.material.TlsProperties;

/**
 * Auto-configuration of what TLS material is loaded from, and of the check that every
 * property under {@code secure-grpc} means something.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@EnableConfigurationProperties(TlsProperties.class)
public final class MaterialAutoConfiguration {

	private static final String DEV_CA_PROPERTIES = "io.github.securegrpc.certs.devca.DevCaProperties";

	@Bean
	static BeanFactoryPostProcessor secureGrpcKnownProperties(Environment environment) {
		return (beanFactory) -> {
			List<Class<?>> types = new ArrayList<>();
			for (String name : beanFactory.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
				Class<?> type = beanFactory.getType(name, false);
				if (type != null) {
					types.add(type);
				}
			}
			// registered with the dev CA enabled only, known wherever it is on the class
			// path
			ClassLoader loader = beanFactory.getBeanClassLoader();
			if (ClassUtils.isPresent(DEV_CA_PROPERTIES, loader)) {
				types.add(ClassUtils.resolveClassName(DEV_CA_PROPERTIES, loader));
			}
			new KnownProperties(types).refuseOthers(environment);
		};
	}

	@Bean(name = SecurityClock.NAME, defaultCandidate = false)
	@ConditionalOnMissingBean(name = SecurityClock.NAME)
	Clock secureGrpcClock() {
		return Clock.systemUTC();
	}

	/* Before Boot's own beans read every bundle. */
	@Bean
	static BeanFactoryPostProcessor secureGrpcBundleKeys(Environment environment) {
		BundleKeys keys = keys(environment);
		return (beanFactory) -> SetProperties.under(environment, "secure-grpc")
			.map((property) -> property.name())
			.filter((name) -> name.getLastElement(Form.DASHED).equals("bundle"))
			.map((name) -> environment.getProperty(name.toString()))
			.flatMap(Stream::ofNullable)
			.distinct()
			.forEach(keys::check);
	}

	@Bean
	MaterialSources secureGrpcMaterialSources(ObjectProvider<SslBundles> bundles, Environment environment,
			TlsProperties properties) {
		return new MaterialSources(() -> bundles.getIfAvailable(DefaultSslBundleRegistry::new), keys(environment),
				properties.validation());
	}

	private static BundleKeys keys(Environment environment) {
		return new BundleKeys((name) -> {
			PemSslBundleProperties pem = Binder.get(environment)
				.bind("spring.ssl.bundle.pem", Bindable.mapOf(String.class, PemSslBundleProperties.class))
				.orElse(Map.of())
				.get(name);
			List<Location> locations = new ArrayList<>();
			if (pem != null) {
				String property = "spring.ssl.bundle.pem.%s.%s.private-key";
				add(locations, pem.getKeystore().getPrivateKey(), property.formatted(name, "keystore"));
				add(locations, pem.getTruststore().getPrivateKey(), property.formatted(name, "truststore"));
			}
			return locations;
		});
	}

	/* What is no location of ours may be one of Boot's, which reads it by itself. */
	private static void add(List<Location> locations, @Nullable String value, String property) {
		try {
			if (value != null) {
				locations.add(new Location(value, property));
			}
		}
		catch (RefusedException ex) {
			// left to Boot
		}
	}

}
