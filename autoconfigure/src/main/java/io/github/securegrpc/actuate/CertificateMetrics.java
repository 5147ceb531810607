package io.github.securegrpc.actuate;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.rotation.ImmediateRotationListener;
import io.github.securegrpc.rotation.MaterialRefused;
import io.github.securegrpc.rotation.MaterialRotated;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.text.Printable;

/**
 * Meters of the generation in force of all material. A gauge lives as long as what it
 * measures. Thread-safe.
 */
final class CertificateMetrics implements MeterBinder, ImmediateRotationListener {

	private static final String EXPIRY = "secure.grpc.certificate.expiry";

	private static final String WARNING = "secure.grpc.certificate.warning";

	private static final String OVERDUE = "secure.grpc.look.overdue";

	private static final String ROTATIONS = "secure.grpc.rotations";

	private final RotatingMaterials materials;

	private final ExpiryWindow window;

	private final Clock clock;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	CertificateMetrics(RotatingMaterials materials, ExpiryWindow window, Clock clock) {
		this.materials = materials;
		this.window = window;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.materials.all().forEach((material) -> bind(registry, material));
	}

	@Override
	public void loaded(RotatingMaterial material) {
		this.registries.forEach((registry) -> bind(registry, material));
	}

	@Override
	public void rotated(MaterialRotated event) {
		this.registries.forEach((registry) -> {
			rotations(registry, event.material(), "rotated").increment();
			this.materials.all()
				.stream()
				.filter((material) -> material.name().equals(event.material()))
				.forEach((material) -> bindExpiry(registry, material));
		});
	}

	@Override
	public void refused(MaterialRefused event) {
		this.registries.forEach((registry) -> rotations(registry, event.material(), "refused").increment());
	}

	private void bind(MeterRegistry registry, RotatingMaterial material) {
		bindExpiry(registry, material);
		rotations(registry, material.name(), "rotated");
		rotations(registry, material.name(), "refused");
		Gauge.builder("secure.grpc.generation", material, (rotating) -> rotating.current().number())
			.description("Number of the generation in force.")
			.tag("material", Printable.line(material.name()))
			.strongReference(true)
			.register(registry);
		gauge(registry, OVERDUE, "Seconds since the look began that should have ended, 0 if there is none.",
				Tags.of("material", Printable.line(material.name())), () -> overdue(material));
	}

	private long overdue(RotatingMaterial material) {
		Instant since = material.overdueSince();
		// at once more than nothing, also to a clock that was set back
		return (since != null) ? Math.max(1, since.until(this.clock.instant(), ChronoUnit.SECONDS)) : 0;
	}

	private void bindExpiry(MeterRegistry registry, RotatingMaterial material) {
		for (Part part : Part.values()) {
			Tags tags = Tags.of("material", Printable.line(material.name()), "part",
					part.name().toLowerCase(Locale.ROOT));
			if (!part.of(material.current().material()).isEmpty()) {
				gauge(registry, EXPIRY, "Seconds until the first certificate of this part expires, negative after.",
						tags, () -> soonest(material, part, (certificate) -> certificate.getNotAfter().toInstant()));
				gauge(registry, WARNING,
						"Seconds until the first certificate of this part counts as expiring, negative after.", tags,
						() -> soonest(material, part, this.window::warnsFrom));
			}
			else {
				registry.find(EXPIRY).tags(tags).gauges().forEach(registry::remove);
				registry.find(WARNING).tags(tags).gauges().forEach(registry::remove);
			}
		}
	}

	private static void gauge(MeterRegistry registry, String name, String description, Tags tags,
			Supplier<Number> value) {
		// a gauge that is there already follows the generation in force
		if (registry.find(name).tags(tags).gauge() == null) {
			Gauge.builder(name, value).description(description).baseUnit("seconds").tags(tags).register(registry);
		}
	}

	private static Counter rotations(MeterRegistry registry, String material, String outcome) {
		return Counter.builder(ROTATIONS)
			.description("Replacements of material that were taken or refused.")
			.tag("material", Printable.line(material))
			.tag("outcome", outcome)
			.register(registry);
	}

	private long soonest(RotatingMaterial material, Part part, Function<X509Certificate, Instant> moment) {
		Instant now = this.clock.instant();
		return part.of(material.current().material())
			.stream()
			.mapToLong((certificate) -> now.until(moment.apply(certificate), ChronoUnit.SECONDS))
			.min()
			.orElse(0);
	}

	/** What is measured of material. */
	private enum Part {

		LEAF, INTERMEDIATE, ANCHOR;

		List<X509Certificate> of(TlsMaterial material) {
			Identity identity = material.identity();
			List<X509Certificate> chain = (identity != null) ? identity.chain() : List.of();
			return switch (this) {
				case LEAF -> chain.subList(0, Math.min(1, chain.size()));
				case INTERMEDIATE -> chain.subList(Math.min(1, chain.size()), chain.size());
				case ANCHOR -> (material.trustAnchors() != null) ? material.trustAnchors().certificates() : List.of();
			};
		}

	}

}
