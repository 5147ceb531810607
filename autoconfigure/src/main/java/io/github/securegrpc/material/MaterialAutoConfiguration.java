package io.github.securegrpc.material;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

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

	@Bean
	MaterialSources secureGrpcMaterialSources(ObjectProvider<SslBundles> bundles, TlsProperties properties) {
		return new MaterialSources(() -> bundles.getIfAvailable(DefaultSslBundleRegistry::new),
				properties.validation());
	}

}
