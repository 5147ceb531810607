package io.github.securegrpc.engine;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.github.securegrpc.peer.Denial;
import io.github.securegrpc.peer.ImmediateDenialListener;
import io.github.securegrpc.server.ListeningServer;

/**
 * Auto-configuration of the guard that looks, before any port opens, whether every engine
 * that is there is secured and every setting is read. It cannot be excluded:
 * {@link ExclusionListener}.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@EnableConfigurationProperties(EngineProperties.class)
public final class EngineGuardAutoConfiguration {

	@Bean
	@Lazy(false)
	SmartInitializingSingleton secureGrpcEngineGuard(ObjectProvider<SecuredSide> sides,
			ConfigurableListableBeanFactory beans, Environment environment) {
		return () -> {
			EngineGuard guard = new EngineGuard(sides.orderedStream().toList(), environment);
			checkFactories(guard, beans);
			guard.checkSettings();
		};
	}

	/*
	 * A call over a connection that is not ours was denied: the server is not what it was
	 * to be.
	 */
	@Bean
	ImmediateDenialListener secureGrpcBypassListener(ListeningServer server) {
		return (denial) -> {
			if (denial.reason() == Denial.Reason.BYPASSED) {
				server.bypassed(denial.caller().address());
			}
		};
	}

	static void checkFactories(EngineGuard guard, ConfigurableListableBeanFactory beans) {
		for (KnownFactory factory : KnownFactory.ALL) {
			if (!guard.isSecured(factory) && ClassUtils.isPresent(factory.type(), beans.getBeanClassLoader())) {
				check(guard, factory, beans);
			}
		}
	}

	private static void check(EngineGuard guard, KnownFactory factory, ConfigurableListableBeanFactory beans) {
		Class<?> type = ClassUtils.resolveClassName(factory.type(), beans.getBeanClassLoader());
		for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false)) {
			Class<?> actual = beans.getBean(name).getClass();
			if (!isA(actual, factory.inProcess())) {
				throw guard.refusal(factory, name, actual);
			}
		}
	}

	private static boolean isA(Class<?> type, String name) {
		for (Class<?> candidate = type; candidate != null; candidate = candidate.getSuperclass()) {
			if (candidate.getName().equals(name)) {
				return true;
			}
		}
		return false;
	}

}
