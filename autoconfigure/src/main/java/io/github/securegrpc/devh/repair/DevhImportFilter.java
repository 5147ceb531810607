package io.github.securegrpc.devh.repair;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Keeps away those of net.devh's auto-configurations that would end the application with
 * a {@code NoClassDefFoundError}, because they use a class that is not there without a
 * condition that asks for it. Spring Security 7 has no {@code AccessDecisionManager}; the
 * other classes are missing from smaller applications, whose metrics and tracing would be
 * reached only since {@link DevhOrderAutoConfiguration} puts them in order.
 */
final class DevhImportFilter implements AutoConfigurationImportFilter, BeanClassLoaderAware {

	private static final Map<String, String> NEEDED = Map.of(
			"net.devh.boot.grpc.server.autoconfigure.GrpcServerSecurityAutoConfiguration",
			"org.springframework.security.access.AccessDecisionManager",
			"net.devh.boot.grpc.server.autoconfigure.GrpcServerMetricAutoConfiguration",
			"org.springframework.boot.actuate.info.InfoContributor",
			"net.devh.boot.grpc.server.autoconfigure.GrpcServerMicrometerTraceAutoConfiguration",
			"io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor",
			"net.devh.boot.grpc.client.autoconfigure.GrpcClientMicrometerTraceAutoConfiguration",
			"io.micrometer.core.instrument.binder.grpc.ObservationGrpcClientInterceptor");

	private @Nullable ClassLoader classLoader = DevhImportFilter.class.getClassLoader();

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public boolean[] match(@Nullable String[] autoConfigurationClasses,
			AutoConfigurationMetadata autoConfigurationMetadata) {
		boolean[] matches = new boolean[autoConfigurationClasses.length];
		for (int i = 0; i < matches.length; i++) {
			matches[i] = canLoad(autoConfigurationClasses[i]);
		}
		return matches;
	}

	private boolean canLoad(@Nullable String autoConfiguration) {
		String needed = (autoConfiguration != null) ? NEEDED.get(autoConfiguration) : null;
		return needed == null || ClassUtils.isPresent(needed, this.classLoader);
	}

}
