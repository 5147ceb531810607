package io.github.securegrpc.engine;

import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;

import io.grpc.Channel;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;

/**
 * Looks at each channel that a factory makes, before anybody calls over it.
 *
 * @since 0.1.0
 */
public final class ChannelFactoryProxy {

	private static final String CREATE = "createChannel";

	private ChannelFactoryProxy() {
	}

	/**
	 * Puts a look around a factory, which stays what it is to whoever asks for its class.
	 * @param factory has methods {@code createChannel}, whose first argument is the name
	 * @param look looks at each channel
	 * @return the factory
	 */
	public static Object around(Object factory, Look look) {
		ProxyFactory proxy = new ProxyFactory(factory);
		proxy.setProxyTargetClass(canBeExtended(factory.getClass()));
		proxy.addInterface(LookedAt.class);
		proxy.addAdvice((MethodInterceptor) (call) -> {
			if (call.getMethod().getName().equals(CREATE) && call.getArguments()[0] instanceof String name) {
				return look.at(name, factory, () -> proceed(call));
			}
			return call.proceed();
		});
		return proxy.getProxy(factory.getClass().getClassLoader());
	}

	/* A final method runs past the look; the engines' own call one that does not. */
	private static boolean canBeExtended(Class<?> type) {
		return !Modifier.isFinal(type.getModifiers()) && Arrays.stream(type.getMethods())
			.filter((method) -> method.getName().equals(CREATE) && Modifier.isFinal(method.getModifiers()))
			.allMatch((method) -> Engine.isOfAny(method.getDeclaringClass()));
	}

	static boolean isAround(Object factory) {
		return factory instanceof LookedAt;
	}

	private static @Nullable Channel proceed(MethodInvocation call) {
		try {
			return (Channel) call.proceed();
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

	/**
	 * A factory whose channels are looked at: public, as the proxies are of any package.
	 */
	public interface LookedAt {

	}

	/** Has a channel made. */
	@FunctionalInterface
	public interface Maker {

		/**
		 * Has the factory make the channel.
		 * @return the channel, or {@code null} if the factory makes none
		 */
		@Nullable Channel make();

	}

	/** Looks at a channel. */
	@FunctionalInterface
	public interface Look {

		/**
		 * Has a channel made, and looks at it.
		 * @param name the channel's name at the engine
		 * @param factory makes it
		 * @param maker has it made
		 * @return the channel, or {@code null} if the factory makes none
		 */
		@Nullable Channel at(String name, Object factory, Maker maker);

	}

}
