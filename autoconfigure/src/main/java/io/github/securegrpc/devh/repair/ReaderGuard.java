package io.github.securegrpc.devh.repair;

import java.lang.reflect.Field;
import java.util.List;

import net.devh.boot.grpc.server.security.authentication.CompositeGrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.SSLContextGrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.interceptors.DefaultAuthenticatingServerInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.util.ReflectionUtils;

import io.github.securegrpc.material.RefusedException;

/**
 * Refuses a reader that takes the last certificate of the peer's chain for the peer, as
 * net.devh's {@link SSLContextGrpcAuthenticationReader} does. Each reader is asked with
 * {@link ReaderProbe}; one that is of net.devh's class must answer with the leaf, any
 * other must not answer with the last. A composite, and an interceptor, is looked into,
 * since a reader that answers first would hide another. Where that cannot be done, the
 * bean is refused. What stays unseen is a reader that calls net.devh's only for some
 * method or header.
 */
final class ReaderGuard {

	private static final String ACTION = ("Remove it. With an AuthenticationManager bean and no"
			+ " GrpcAuthenticationReader of your own, %1$s is supplied; where you name readers yourself, use new %1$s().")
		.formatted(LeafAuthenticationReader.class.getName());

	private ReaderGuard() {
	}

	static void checkReader(String bean, GrpcAuthenticationReader reader) {
		Object target = target(reader);
		if (target instanceof CompositeGrpcAuthenticationReader) {
			Object parts = held(target, CompositeGrpcAuthenticationReader.class, List.class);
			if (!(parts instanceof List<?> list)) {
				throw closed(bean, target);
			}
			list.forEach((part) -> checkPart(bean, target, part));
		}
		ReaderProbe.Answer answer = ReaderProbe.ask(reader);
		boolean devh = target instanceof SSLContextGrpcAuthenticationReader;
		if (answer == ReaderProbe.Answer.LAST || (devh && answer != ReaderProbe.Answer.LEAF)) {
			throw new RefusedException(("bean '%s': %s takes the last certificate of the peer's chain for the peer"
					+ " (expected: the first, its leaf). Any client with a valid certificate can append an"
					+ " administrator's public certificate to its chain and become the administrator.")
				.formatted(bean, target.getClass().getName()), ACTION);
		}
	}

	static void checkInterceptor(String bean, DefaultAuthenticatingServerInterceptor interceptor) {
		Object target = target(interceptor);
		checkPart(bean, target,
				held(target, DefaultAuthenticatingServerInterceptor.class, GrpcAuthenticationReader.class));
	}

	private static void checkPart(String bean, Object whole, @Nullable Object part) {
		if (!(part instanceof GrpcAuthenticationReader reader)) {
			throw closed(bean, whole);
		}
		checkReader(bean, reader);
	}

	private static RefusedException closed(String bean, Object whole) {
		return new RefusedException(
				("bean '%s': the readers that %s holds cannot be seen (expected: in its field, as in"
						+ " net.devh 3.1.0). One of them may take the last certificate of the peer's chain for the peer.")
					.formatted(bean, whole.getClass().getName()),
				ACTION);
	}

	private static @Nullable Object held(Object holder, Class<?> declaring, Class<?> type) {
		Field field = ReflectionUtils.findField(declaring, null, type);
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, holder);
	}

	private static Object target(Object bean) {
		Object target = AopProxyUtils.getSingletonTarget(bean);
		return (target != null) ? target(target) : bean;
	}

}
