package io.github.securegrpc.certs.cli;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.KeyAlgorithm;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.Purpose;
import io.github.securegrpc.certs.SigningRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;

/**
 * What a leaf is to say.
 */
final class LeafOptions {

	@Option(names = "--dns", paramLabel = "NAME", split = ",",
			description = "Host name, or a wildcard such as *.example.com. May be repeated.")
	private List<String> dns = new ArrayList<>();

	@Option(names = "--ip", paramLabel = "ADDRESS", split = ",", description = "Numeric address. May be repeated.")
	private List<String> ip = new ArrayList<>();

	@Option(names = "--uri", paramLabel = "URI", split = ",",
			description = "URI such as spiffe://example.org/node. May be repeated.")
	private List<String> uri = new ArrayList<>();

	@Option(names = "--email", paramLabel = "ADDRESS", split = ",", description = "E-mail address. May be repeated.")
	private List<String> email = new ArrayList<>();

	@Option(names = "--key-type", paramLabel = "TYPE",
			description = "Kind of key: ${COMPLETION-CANDIDATES}. Default: EC_P256, or that of the request that is there")
	private @Nullable KeyAlgorithm keyAlgorithm;

	@Option(names = "--expires", paramLabel = "TIME", converter = Expiry.Converter.class,
			description = "A time such as 90d, \"20 years\" or P1Y, or a date such as 2027-12-31. Default: 90d; the "
					+ "authority's own end caps it")
	private @Nullable Expiry expires;

	LeafRequest request(String name, Set<Purpose> purposes, Clock clock, Optional<SigningRequest> pending) {
		List<SubjectAlternativeName> asked = asked();
		return asked.isEmpty() ? unnamed(name, purposes, clock, pending) : request(name, purposes, asked, clock);
	}

	List<SubjectAlternativeName> asked() {
		List<SubjectAlternativeName> sans = new ArrayList<>();
		this.dns.forEach((value) -> sans.add(SubjectAlternativeName.dns(value)));
		this.ip.forEach((value) -> sans.add(SubjectAlternativeName.ip(value)));
		this.uri.forEach((value) -> sans.add(SubjectAlternativeName.uri(value)));
		this.email.forEach((value) -> sans.add(SubjectAlternativeName.email(value)));
		return sans;
	}

	// known by what its request says, or else by the name of its files
	LeafRequest unnamed(String name, Set<Purpose> purposes, Clock clock, Optional<SigningRequest> pending) {
		List<SubjectAlternativeName> asked = pending.map(SigningRequest::sans).orElse(List.of());
		return request(name, purposes, asked.isEmpty() ? names(name, purposes) : asked, clock);
	}

	X509Certificate issue(CertificateAuthority authority, Depot depot, LeafRequest request,
			Optional<SigningRequest> pending) {
		if (pending.isEmpty()) {
			return authority.issueTo(depot, request).leaf();
		}
		if (this.keyAlgorithm != null) {
			pending.get().requireKey(this.keyAlgorithm);
		}
		return authority.sign(depot, pending.get(), request);
	}

	private LeafRequest request(String name, Set<Purpose> purposes, List<SubjectAlternativeName> sans, Clock clock) {
		LeafRequest request = LeafRequest.peer(name, sans.toArray(SubjectAlternativeName[]::new));
		return new LeafRequest(name, sans, purposes,
				(this.expires != null) ? this.expires.after(clock.instant()) : request.validity(),
				(this.keyAlgorithm != null) ? this.keyAlgorithm : request.keyAlgorithm());
	}

	private static List<SubjectAlternativeName> names(String name, Set<Purpose> purposes) {
		List<SubjectAlternativeName> names = new ArrayList<>();
		try {
			names.add(SubjectAlternativeName.dns(name));
		}
		catch (IllegalArgumentException ex) {
			if (!purposes.contains(Purpose.SERVER)) {
				throw new IllegalArgumentException(
						"name: %s (expected: a host name, or names by --dns, --ip, --uri or --email)".formatted(name));
			}
		}
		if (purposes.contains(Purpose.SERVER)) {
			names.add(SubjectAlternativeName.dns("localhost"));
			names.add(SubjectAlternativeName.ip("127.0.0.1"));
			names.add(SubjectAlternativeName.ip("::1"));
		}
		return names;
	}

}
