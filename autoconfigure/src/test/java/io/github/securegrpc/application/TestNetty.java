package io.github.securegrpc.application;

import java.util.Locale;

import org.springframework.boot.test.context.FilteredClassLoader;

/**
 * The flavour of Netty that the applications of the tests find on their class path.
 */
public enum TestNetty {

	/** Both are there, and the shaded one is taken. */
	SHADED {

		@Override
		ClassLoader loader() {
			return TestNetty.class.getClassLoader();
		}

	},

	/** The one that Spring Boot's own starters bring. */
	UNSHADED {

		@Override
		ClassLoader loader() {
			return new FilteredClassLoader("io.grpc.netty.shaded");
		}

	};

	/* Of an application that does not say: the one that its engine brings. */
	static TestNetty current() {
		return valueOf(System.getProperty("test.netty", TestEngine.current().either("shaded", "unshaded"))
			.toUpperCase(Locale.ROOT));
	}

	abstract ClassLoader loader();

}
