package io.github.securegrpc.actuate;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.securegrpc.rotation.Refusal;
import io.github.securegrpc.rotation.RotatingFile;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.transport.Advisories;

/**
 * The health of all material: a component for each, one for each file that is read
 * besides, one for each side that speaks plaintext, and one for the libraries if there is
 * something to say of them. Channels may come later than the application's start.
 */
final class CertificatesHealthContributor implements CompositeHealthContributor {

	private final RotatingMaterials materials;

	private final Sides sides;

	private final Advisories advisories;

	private final MaterialHealth health;

	CertificatesHealthContributor(RotatingMaterials materials, Sides sides, Advisories advisories,
			MaterialHealth health) {
		this.materials = materials;
		this.sides = sides;
		this.advisories = advisories;
		this.health = health;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return stream().filter((entry) -> entry.name().equals(name)).map(Entry::contributor).findFirst().orElse(null);
	}

	@Override
	public Stream<Entry> stream() {
		return Stream
			.of(this.materials.all()
				.stream()
				.map((material) -> new Entry(material.name(),
						indicator(() -> authorized(material.name(), this.health.of(material))))),
					files(), plaintext(), advisories())
			.flatMap(Function.identity());
	}

	private Health authorized(String name, Health health) {
		CertificatesReport.Server server = name.equals("server") ? this.sides.server() : null;
		return (server == null) ? health
				: new Health.Builder(health.getStatus(), health.getDetails())
					.withDetail("authorization", (server.rules() > 0)
							? "%s, %d rules".formatted(server.authorization(), server.rules()) : server.authorization())
					.build();
	}

	private Stream<Entry> files() {
		return this.materials.files().stream().map((file) -> new Entry(file.name(), indicator(() -> of(file))));
	}

	/* What is in force is good, whatever lies there now. */
	private static Health of(RotatingFile<?> file) {
		Health.Builder health = Health.up()
			.withDetail("generation", file.number())
			.withDetail("holds", String.valueOf(file.current()));
		Refusal refusal = file.lastRefusal();
		if (refusal != null) {
			health.withDetail("lastRefusal", Map.of("at", refusal.at().toString(), "reason", refusal.reason()));
		}
		return health.build();
	}

	/* No reason to be down. */
	private Stream<Entry> advisories() {
		List<String> all = this.advisories.all();
		return all.isEmpty() ? Stream.empty()
				: Stream.of(new Entry("libraries", indicator(() -> Health.up().withDetail("advisories", all).build())));
	}

	private Stream<Entry> plaintext() {
		CertificatesReport.Server server = this.sides.server();
		Stream<Entry> plainServer = (server != null) ? plaintext("server", server.mode()) : Stream.empty();
		return Stream.concat(plainServer,
				this.sides.channels()
					.entrySet()
					.stream()
					.flatMap((channel) -> plaintext("client." + channel.getKey(), channel.getValue().mode())));
	}

	private Stream<Entry> plaintext(String name, String mode) {
		return mode.equals("tls") ? Stream.empty()
				: Stream.of(new Entry(name, indicator(() -> authorized(name, this.health.ofPlaintext(name, mode)))));
	}

	/* HealthIndicator has two methods that a lambda could be. */
	private static HealthIndicator indicator(Supplier<Health> health) {
		return health::get;
	}

}
