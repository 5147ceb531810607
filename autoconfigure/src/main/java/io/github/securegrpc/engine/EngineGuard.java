package io.github.securegrpc.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;

import io.github.securegrpc.engine.SecuredSide.Side;
import io.github.securegrpc.engine.SecuredSide.State;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.SetProperties;
import io.github.securegrpc.material.SetProperties.SetProperty;
import io.github.securegrpc.text.PrintableLog;

/**
 * Refuses an engine that nobody secures, and settings that no engine reads: both would be
 * plaintext beside a configuration that says TLS.
 */
final class EngineGuard {

	private static final PrintableLog logger = PrintableLog.of(EngineGuard.class);

	/* What one side alone reads, by the first word after secure-grpc, without dashes. */
	private static final Map<Side, Set<String>> READ_BY = Map.of(Side.SERVER,
			Set.of("server", "authorization", "audit", "peer", "truthcheck"), Side.CLIENT, Set.of("client"));

	/* Read by whatever side there is. */
	private static final Set<String> READ_BY_ALL = Set.of("cert", "key", "keypassword", "ca", "bundle", "crl",
			"crlpolicy", "provider", "validation", "reload", "expiry", "devca");

	private final List<SecuredSide> secured;

	private final Environment environment;

	EngineGuard(List<SecuredSide> secured, Environment environment) {
		this.secured = List.copyOf(secured);
		this.environment = environment;
	}

	/* Whether somebody has: of the servlet, its container. */
	boolean isSecured(KnownFactory factory) {
		if (factory.isServlet()) {
			return hasContainerTls();
		}
		return this.secured.stream()
			.anyMatch((side) -> side.side() == factory.side() && side.engine() == factory.engine());
	}

	private boolean hasContainerTls() {
		return this.environment.getProperty("server.ssl.enabled", Boolean.class, true)
				&& SetProperties.under(this.environment, "server.ssl")
					.anyMatch((property) -> !property.name().getLastElement(Form.UNIFORM).equals("enabled"));
	}

	/* A bean that opens ports or connects channels, and that nobody secures. */
	RefusedException refusal(KnownFactory factory, String bean, Class<?> type) {
		String what = (factory.side() == Side.SERVER) ? "server" : "channels";
		return new RefusedException("bean '%s' (%s): the %s of %s would not be secured".formatted(bean, type.getName(),
				what, factory.engine()), remedy(factory));
	}

	/* A factory of channels that passes our look. */
	static RefusedException unseen(String bean, Class<?> type) {
		return new RefusedException(
				"bean '%s' (%s): nobody would look at the channels that it makes (expected: a bean of the context that has secure-grpc, made after its post-processors)"
					.formatted(bean, type.getName()),
				"Declare it as a @Bean of the application's own context, not as a registered singleton or in a parent; have no post-processor put it in the place of another, and none ask for it before all are there.");
	}

	/*
	 * Of what is set here and differs in the parent, whose beans are in force here, too.
	 */
	static void checkParent(Environment own, Environment parent) {
		SetProperties.under(own, "secure-grpc")
			.filter((property) -> !Objects.equals(value(own, property), value(parent, property)))
			.findFirst()
			.ifPresent((property) -> {
				throw new RefusedException(
						"%s is set (%s), but another value is in force: the parent context has secure-grpc, too (expected: one of them, or equal settings)"
							.formatted(property.name(), property.origin()),
						"Set it in the parent context, or have @EnableAutoConfiguration on one context of the hierarchy.");
			});
	}

	private static @Nullable String value(Environment environment, SetProperty property) {
		return environment.getProperty(property.name().toString());
	}

	private static String remedy(KnownFactory factory) {
		if (factory.isServlet()) {
			return "The servlet container owns the TLS there. Set spring.grpc.server.servlet.enabled=false: Spring Boot's "
					+ "Netty server takes its place, secured by secure-grpc.server.*. To stay with the servlet, remove "
					+ "secure-grpc.server.* and set server.ssl.bundle to a spring.ssl.bundle.pem.* of the same files, "
					+ "server.ssl.client-auth=need and server.http2.enabled=true; who may call is then Spring Security's to say.";
		}
		return "Do not exclude the auto-configurations of secure-grpc that secure it, and do not make it of your own; "
				+ "or remove %s from the class path.".formatted(EngineChoice.starters(factory.engine()));
	}

	void checkSettings() {
		LeftoverSettings.warn(this.environment,
				this.secured.stream().map(SecuredSide::engine).filter(Objects::nonNull).collect(Collectors.toSet()));
		List<State> all = this.secured.stream().map((candidate) -> candidate.state().get()).toList();
		if (!all.contains(State.RUNS) && !all.contains(State.SWITCHED_OFF)) {
			set(READ_BY_ALL).ifPresent((property) -> unread(property, Side.SERVER, all));
		}
		for (Side side : Side.values()) {
			List<State> states = this.secured.stream()
				.filter((candidate) -> candidate.side() == side)
				.map((candidate) -> candidate.state().get())
				.toList();
			if (!states.contains(State.RUNS)) {
				set(READ_BY.getOrDefault(side, Set.of())).ifPresent((property) -> unread(property, side, states));
			}
		}
	}

	private static String starters(Side side) {
		String word = (side == Side.SERVER) ? "server" : "client";
		return "net.devh's grpc-%s-spring-boot-starter, Spring Boot's spring-boot-starter-grpc-%s".formatted(word,
				word);
	}

	private Optional<SetProperty> set(Set<String> words) {
		return SetProperties.under(this.environment, "secure-grpc")
			.filter((property) -> words.stream().anyMatch(letters(property)::startsWith))
			.findFirst();
	}

	/* What follows secure-grpc. */
	private static String letters(SetProperty property) {
		return property.letters(property.name().getElement(0, Form.UNIFORM).equals("securegrpc") ? 1 : 2);
	}

	private static void unread(SetProperty property, Side side, List<State> states) {
		String what = (side == Side.SERVER) ? "gRPC server" : "gRPC channel";
		if (states.contains(State.SWITCHED_OFF)) {
			logger.warn("%s is set, but the %s of this application %s switched off: it is not in force".formatted(
					property.name(), (side == Side.SERVER) ? what : what + "s", (side == Side.SERVER) ? "is" : "are"));
			return;
		}
		throw new RefusedException(
				"%s is set (%s), but no %s reads it (looked for: %s)".formatted(property.name(), property.origin(),
						what, starters(side)),
				"Add one of them, do not exclude the auto-configurations of secure-grpc or of the engine, or remove what is set."
						+ ((side == Side.SERVER)
								? " Spring Boot's own starts a server only where there is a BindableService; a bean that builds one with SecureServers must not be lazy."
								: " A bean that opens channels with SecureChannels must not be lazy."));
	}

}
