package io.github.securegrpc.testlibrary;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.securegrpc.application.PeerRoles;
import io.github.securegrpc.application.WhoCalls;

/**
 * What a library may bring, and whose name sorts it after the auto-configurations of the
 * engines' security.
 */
@AutoConfiguration
public class LibraryAutoConfiguration {

	/** A service. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("library.service")
	static class ServiceConfiguration {

		@Bean
		WhoCalls serviceOfTheLibrary() {
			return new WhoCalls();
		}

	}

	/** What peers may do. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("library.authorities")
	@Import(PeerRoles.class)
	static class AuthoritiesConfiguration {

	}

}
