package io.github.securegrpc.engine;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Keeps away the auto-configurations of the engine that was not chosen, before its beans
 * meet those of the same names. First to run, it also refuses a Spring Boot that is too
 * old.
 */
final class EngineImportFilter implements AutoConfigurationImportFilter, BeanClassLoaderAware, EnvironmentAware {

	private @Nullable ClassLoader classLoader = EngineImportFilter.class.getClassLoader();

	private Environment environment = new StandardEnvironment();

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public boolean[] match(@Nullable String[] autoConfigurationClasses,
			AutoConfigurationMetadata autoConfigurationMetadata) {
		SpringBootFloor.check(SpringBootVersion.getVersion());
		Engine other = new EngineChoice(this.environment, this.classLoader).notChosen();
		boolean[] matches = new boolean[autoConfigurationClasses.length];
		for (int i = 0; i < matches.length; i++) {
			String autoConfiguration = autoConfigurationClasses[i];
			matches[i] = other == null || autoConfiguration == null || !other.has(autoConfiguration);
		}
		return matches;
	}

}
