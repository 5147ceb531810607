package io.github.securegrpc.engine;

import java.util.List;
import java.util.function.Function;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.github.securegrpc.engine.SecuredSide.Side;
import io.github.securegrpc.engine.SecuredSide.State;
import io.github.securegrpc.material.RefusedException;
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

	/* Of either engine, where somebody asks PeerAuthorities. */
	private static final String AUTHORITIES_GUARD = "secureGrpcPeerAuthoritiesGuard";

	@Bean(SecuredSide.GUARD)
	@Lazy(false)
	SmartInitializingSingleton secureGrpcEngineGuard(ObjectProvider<SecuredSide> sides,
			ConfigurableApplicationContext context) {
		return () -> {
			List<SecuredSide> all = sides.orderedStream().toList();
			EngineGuard guard = new EngineGuard(all, context.getEnvironment());
			checkFactories(guard, context.getBeanFactory());
			guard.checkSettings();
			checkAuthorities(all, context.getBeanFactory());
		};
	}

	/* Before any bean is made of settings that are not in force. */
	@Bean
	static BeanFactoryPostProcessor secureGrpcParentGuard() {
		return (beans) -> {
			BeanFactory parent = beans.getParentBeanFactory();
			if (parent != null && parent.containsBean(SecuredSide.GUARD)) {
				EngineGuard.checkParent(environment(beans), environment(parent));
			}
		};
	}

	private static Environment environment(BeanFactory beans) {
		return beans.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class);
	}

	/*
	 * A child without a guard of its own: what it makes, nobody secures. Whether a
	 * context refreshes is heard by its parents.
	 */
	@Bean
	ApplicationListener<ContextRefreshedEvent> secureGrpcChildGuard() {
		return (event) -> {
			if (event.getApplicationContext() instanceof ConfigurableApplicationContext child
					&& !child.containsLocalBean(SecuredSide.GUARD)) {
				check(new EngineGuard(List.of(), child.getEnvironment()), child.getBeanFactory(),
						(type) -> child.getBeanFactory().getBeanNamesForType(type, true, false));
			}
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
		check(guard, beans, (type) -> BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false));
	}

	private static void check(EngineGuard guard, ConfigurableListableBeanFactory beans,
			Function<Class<?>, String[]> names) {
		for (KnownFactory factory : KnownFactory.ALL) {
			boolean toBeSeen = factory.side() == Side.CLIENT || !guard.isSecured(factory);
			if (toBeSeen && ClassUtils.isPresent(factory.type(), beans.getBeanClassLoader())) {
				for (String name : names
					.apply(ClassUtils.resolveClassName(factory.type(), beans.getBeanClassLoader()))) {
					check(guard, factory, name, beans.getBean(name));
				}
			}
		}
	}

	private static void check(EngineGuard guard, KnownFactory factory, String name, Object bean) {
		if (staysWithin(bean.getClass(), factory)) {
			return;
		}
		if (!guard.isSecured(factory)) {
			throw guard.refusal(factory, name, bean.getClass());
		}
		if (!ChannelFactoryProxy.isAround(bean) && !isMock(bean)) {
			throw EngineGuard.unseen(name, bean.getClass());
		}
	}

	private static boolean staysWithin(Class<?> type, KnownFactory factory) {
		for (Class<?> candidate = type; candidate != null; candidate = candidate.getSuperclass()) {
			if (factory.inProcess().contains(candidate.getName())) {
				return true;
			}
		}
		return false;
	}

	/* Of a test of the application's, @MockitoBean: it makes no channels. */
	private static boolean isMock(Object bean) {
		return bean.getClass().getName().contains("$MockitoMock$");
	}

	/* Whoever has them relies on them: no call may go unasked. */
	private static void checkAuthorities(List<SecuredSide> sides, ConfigurableListableBeanFactory beans) {
		String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, PeerAuthorities.class, true, false);
		boolean served = sides.stream()
			.anyMatch(
					(side) -> side.side() == Side.SERVER && side.engine() != null && side.state().get() == State.RUNS);
		if (names.length > 0 && served && !beans.containsBean(AUTHORITIES_GUARD)) {
			throw new RefusedException(
					"bean %s says which authorities peers have, but nobody asks it (expected: a bean that is known before the auto-configurations of secure-grpc)"
						.formatted(List.of(names)),
					"Declare it in a configuration of the application, or in an auto-configuration before that of Spring Boot's or net.devh's server, and do not exclude BootPeerSecurityAutoConfiguration or PeerSecurityAutoConfiguration.");
		}
	}

}
