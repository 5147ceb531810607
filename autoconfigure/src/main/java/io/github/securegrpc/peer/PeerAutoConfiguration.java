package io.github.securegrpc.peer;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.SecurityClock;
import io.github.securegrpc.peer.rules.AuthorizationProperties;
import io.github.securegrpc.peer.rules.Rules;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.rotation.RotationAutoConfiguration;
import io.github.securegrpc.text.PrintableLog;

/**
 * Auto-configuration of who may call the server.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RotationAutoConfiguration.class)
@EnableConfigurationProperties({ AuditProperties.class, AuthorizationProperties.class, CallerProperties.class,
		PeerProperties.class })
public final class PeerAutoConfiguration {

	@Bean
	Denials secureGrpcDenials(AuditProperties audit, ObjectProvider<DenialListener> listeners,
			@Qualifier(SecurityClock.NAME) Clock clock) {
		return new Denials(() -> listeners.orderedStream().toList(), new AuditLog(audit.audit(), clock));
	}

	@Bean(destroyMethod = "stop")
	PeerRules secureGrpcPeerRules(AuthorizationProperties properties, CallerRules callers, Denials denials,
			@Qualifier(SecurityClock.NAME) Clock clock) {
		return new PeerRules(properties, callers, denials, clock);
	}

	@Bean(destroyMethod = "")
	CallerRules secureGrpcCallerRules(CallerProperties properties, PeerProperties peer, RotatingMaterials materials,
			@Qualifier(SecurityClock.NAME) Clock clock) {
		return new CallerRules(properties, peer, materials, clock);
	}

	/**
	 * Reads the rules again when Spring Cloud says that the environment was refreshed.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = RefreshConfiguration.REFRESHED)
	static class RefreshConfiguration {

		private static final String REFRESHED = "org.springframework.cloud.context.environment.EnvironmentChangeEvent";

		private static final PrintableLog logger = PrintableLog.of(PeerRules.class);

		@Bean
		ApplicationListener<ApplicationEvent> secureGrpcRulesRefresh(PeerRules rules, Environment environment) {
			return (event) -> {
				if (event.getClass().getName().equals(REFRESHED)) {
					refresh(rules, environment);
				}
			};
		}

		private static void refresh(PeerRules rules, Environment environment) {
			try {
				rules.replace(Binder.get(environment).bindOrCreate(Rules.PREFIX, AuthorizationProperties.class));
			}
			catch (RefusedException ex) {
				logger.warn("The rules before stay in force: %s. %s".formatted(ex.getMessage(), ex.action()));
			}
			catch (BindException ex) {
				logger.warn("The rules before stay in force: %s cannot be read".formatted(Rules.PREFIX), ex);
			}
		}

	}

}
