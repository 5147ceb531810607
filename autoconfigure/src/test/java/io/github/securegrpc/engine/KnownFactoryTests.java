package io.github.securegrpc.engine;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.StandardEnvironment;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.Mockito.mock;

/**
 * The types of beans that the guard looks for, in the engines' own jars: a name of a type
 * that is not there would guard nothing.
 */
class KnownFactoryTests {

	/* All but the servlet, which needs a container's class path. */
	private static final List<KnownFactory> WITH_IN_PROCESS = KnownFactory.ALL.stream()
		.filter((factory) -> !factory.inProcess().isEmpty())
		.toList();

	private final ClassLoader loader = getClass().getClassLoader();

	@Test
	void oneThatNobodySecuresIsRefused() throws ClassNotFoundException {
		assertThat(WITH_IN_PROCESS).hasSize(4);
		for (KnownFactory factory : WITH_IN_PROCESS) {
			DefaultListableBeanFactory beans = beans(factory.type());
			assertThatExceptionOfType(RefusedException.class).as(factory.type())
				.isThrownBy(() -> EngineGuardAutoConfiguration
					.checkFactories(new EngineGuard(List.of(), new StandardEnvironment()), beans))
				.withMessageStartingWith("bean 'theirs' (")
				.withMessageContaining(factory.engine() + " would not be secured");
		}
	}

	@Test
	void oneWithinTheProcessIsLeftAlone() throws ClassNotFoundException {
		for (KnownFactory factory : WITH_IN_PROCESS) {
			for (String inProcess : factory.inProcess()) {
				DefaultListableBeanFactory beans = beans(inProcess);
				assertThat(beans.getBean(this.loader.loadClass(factory.type()))).isNotNull();
				assertThatNoException().as(inProcess)
					.isThrownBy(() -> EngineGuardAutoConfiguration
						.checkFactories(new EngineGuard(List.of(), new StandardEnvironment()), beans));
			}
		}
	}

	private DefaultListableBeanFactory beans(String type) throws ClassNotFoundException {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.setBeanClassLoader(this.loader);
		beans.registerSingleton("theirs", mock(this.loader.loadClass(type)));
		return beans;
	}

}
