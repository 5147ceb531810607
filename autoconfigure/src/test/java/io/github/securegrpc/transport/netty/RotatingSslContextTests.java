package io.github.securegrpc.transport.netty;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.transport.TlsOptions;
import io.github.securegrpc.validation.TrustRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Native memory: a context lives as long as it is in force or a connection uses it.
 */
class RotatingSslContextTests {

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final List<SslContext> built = new ArrayList<>();

	private final ContextBuilder builder = (material) -> {
		Identity identity = Objects.requireNonNull(material.identity());
		try {
			SslContext context = SslContextBuilder.forServer(IdentityKeys.of(identity, SslProvider.OPENSSL))
				.sslProvider(SslProvider.OPENSSL)
				.build();
			this.built.add(context);
			return new TlsContext(context, null);
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	};

	private final RotatingSslContext rotating = new RotatingSslContext(this.builder);

	@Test
	void replacedContextIsFreedWithItsLastConnection() {
		this.rotating.prepare(generation(1)).take();
		SSLEngine open = this.rotating.newEngine(ByteBufAllocator.DEFAULT);
		this.rotating.prepare(generation(2)).take();
		assertThat(references(0)).as("a connection uses it").isEqualTo(1);
		assertThat(references(1)).as("in force").isEqualTo(1);
		ReferenceCountUtil.release(open);
		assertThat(references(0)).isZero();
		assertThat(references(1)).isEqualTo(1);
	}

	@Test
	void replacedContextWithoutConnectionsIsFreedAtOnce() {
		for (int i = 1; i <= 5; i++) {
			this.rotating.prepare(generation(i)).take();
		}
		assertThat(this.built).hasSize(5);
		assertThat(List.of(references(0), references(1), references(2), references(3))).containsOnly(0);
		assertThat(references(4)).isEqualTo(1);
	}

	@Test
	void discardedContextIsFreedAndTheOldOneStays() {
		this.rotating.prepare(generation(1)).take();
		this.rotating.prepare(generation(2)).discard();
		assertThat(references(0)).isEqualTo(1);
		assertThat(references(1)).isZero();
		assertThat(this.rotating.trust().generation()).isEqualTo(1);
	}

	@Test
	void engineIsOfTheGenerationThatMadeItAfterTheNextOneIsInForce() {
		this.rotating.prepare(generation(1)).take();
		SSLEngine engine = this.rotating.newEngine(ByteBufAllocator.DEFAULT);
		this.rotating.prepare(generation(2)).take();
		assertThat(this.rotating.trust(engine).generation()).isEqualTo(1);
		assertThat(this.rotating.trust().generation()).isEqualTo(2);
		ReferenceCountUtil.release(engine);
	}

	@Test
	void channelsWithEqualMaterialShareAContextUntilTheLastLetsGo() {
		SharedContexts shared = new SharedContexts();
		TlsMaterial material = generation(1).material();
		SharedContexts.Settings settings = new SharedContexts.Settings(options(), "ca.crt");
		TlsContext one = shared.get(material, settings, this.builder);
		TlsContext other = shared.get(new TlsMaterial(material.identity(), null),
				new SharedContexts.Settings(options(), "ca.crt"), this.builder);
		assertThat(other).isSameAs(one);
		assertThat(this.built).hasSize(1);
		assertThat(shared.get(generation(2).material(), settings, this.builder)).isNotSameAs(one);
		assertThat(shared.get(material, new SharedContexts.Settings(options(), "other-ca.crt"), this.builder))
			.as("refusals would name the file of another channel")
			.isNotSameAs(one);
		ReferenceCountUtil.release(one.netty());
		assertThat(references(0)).isEqualTo(1);
		ReferenceCountUtil.release(other.netty());
		assertThat(references(0)).isZero();
		assertThat(shared.get(material, settings, this.builder)).isNotSameAs(one);
	}

	private static TlsOptions options() {
		return new TlsOptions(TlsProvider.OPENSSL, List.of("TLSv1.3"), List.of(),
				new TrustRules(ValidationMode.STRICT, Set.of(), Clock.systemUTC()));
	}

	private int references(int index) {
		return ReferenceCountUtil.refCnt(this.built.get(index));
	}

	private Generation generation(int number) {
		X509Bundle leaf = TestCertificates.server(this.authority);
		Identity identity = new Identity(leaf.getKeyPair().getPrivate(), List.of(leaf.getCertificate()));
		return new Generation(number, new TlsMaterial(identity, null), Clock.systemUTC().instant());
	}

}
