package io.github.securegrpc.transport.netty;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.rotation.GenerationListener;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.transport.TlsOptions;
import io.github.securegrpc.validation.TrustRules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Whatever is thrown while a generation is made, an {@link Error} included, frees what
 * was made of it.
 */
class NativeMemoryTests {

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final List<SslContext> built = new ArrayList<>();

	private TlsMaterial content = material();

	private final RotatingMaterial material = new RotatingMaterial("server", new Source(),
			new MaterialCheck(MaterialCheck.Side.SERVER, Clock.systemUTC()), Clock.systemUTC());

	static List<Throwable> whateverIsThrown() {
		return List.of(new RefusedException("no", "nothing"), new IllegalStateException("a listener's"),
				new NoClassDefFoundError("of a library"), new StackOverflowError("deep"),
				new OutOfMemoryError("a test's"));
	}

	@ParameterizedTest
	@MethodSource("whateverIsThrown")
	void contextOfOneListenerIsFreedWhateverTheNextOneThrows(Throwable thrown) {
		this.material.addListener(new RotatingSslContext(this::build));
		this.material.addListener(failingAfterTheFirst(thrown));
		rotate();
		assertThat(this.material.current().number()).isEqualTo(1);
		assertThat(references()).as("in force, discarded").containsExactly(1, 0);
	}

	@ParameterizedTest
	@MethodSource("whateverIsThrown")
	void discardThatFailsKeepsNoOtherFromItsEnd(Throwable thrown) {
		this.material.addListener((next) -> new Failing(thrown));
		this.material.addListener(new RotatingSslContext(this::build));
		this.material.addListener(failingAfterTheFirst(new RefusedException("no", "nothing")));
		rotate();
		assertThat(references()).as("in force, discarded").containsExactly(1, 0);
	}

	@ParameterizedTest
	@MethodSource("whateverIsThrown")
	void takeThatFailsKeepsNoOtherFromTaking(Throwable thrown) {
		this.material.addListener((next) -> new Failing(thrown));
		this.material.addListener(new RotatingSslContext(this::build));
		rotate();
		assertThat(this.material.current().number()).isEqualTo(2);
		assertThat(references()).as("replaced, in force").containsExactly(0, 1);
	}

	@ParameterizedTest
	@MethodSource("whateverIsThrown")
	void contextIsFreedWhateverItsTrialThrows(Throwable thrown) {
		ContextBuilder builder = this::build;
		ContextBuilder tried = builder.tried((context, material) -> sneak(thrown));
		assertThat(catchThrowable(() -> new RotatingSslContext(tried).prepare(generation()))).isSameAs(thrown);
		assertThat(references()).containsExactly(0);
		assertThat(catchThrowable(
				() -> new SharedContexts().get(this.content, new SharedContexts.Settings(options(), null), tried)))
			.isSameAs(thrown);
		assertThat(references()).containsExactly(0, 0);
	}

	@Test
	void enginesOfASelfTestThatFailsAreFreed() {
		TlsContext context = build(this.content);
		EngineRecorder recorder = new EngineRecorder(context.netty());
		Identity other = Objects.requireNonNull(material().identity());
		assertThat(catchThrowable(() -> SelfTest.server(recorder, other, options())))
			.isInstanceOf(RefusedException.class);
		assertThat(recorder.engines).isNotEmpty()
			.allSatisfy((engine) -> assertThat(ReferenceCountUtil.refCnt(engine)).isZero());
		assertThat(references()).as("the caller's, who alone releases it").containsExactly(1);
	}

	@Test
	void contextWithoutATrialThatFailsIsHandedOver() {
		ContextBuilder builder = this::build;
		builder.tried((context, material) -> {
		}).build(this.content);
		assertThat(references()).containsExactly(1);
	}

	private void rotate() {
		this.content = material();
		assertThat(catchThrowable(this.material::reload)).as("reported, not thrown").isNull();
	}

	private static GenerationListener failingAfterTheFirst(Throwable thrown) {
		return (next) -> {
			if (next.number() > 1) {
				sneak(thrown);
			}
			return new Failing(null);
		};
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void sneak(Throwable thrown) throws T {
		throw (T) thrown;
	}

	private TlsContext build(TlsMaterial material) {
		try {
			SslContext context = SslContextBuilder
				.forServer(IdentityKeys.of(Objects.requireNonNull(material.identity()), SslProvider.OPENSSL))
				.sslProvider(SslProvider.OPENSSL)
				.build();
			this.built.add(context);
			return new TlsContext(context, null);
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Integer> references() {
		return this.built.stream().map(ReferenceCountUtil::refCnt).toList();
	}

	private Generation generation() {
		return new Generation(1, this.content, Clock.systemUTC().instant());
	}

	private TlsMaterial material() {
		X509Bundle leaf = TestCertificates.server(this.authority);
		return new TlsMaterial(new Identity(leaf.getKeyPair().getPrivate(), List.of(leaf.getCertificate())), null);
	}

	private static TlsOptions options() {
		return new TlsOptions(TlsProvider.OPENSSL, List.of("TLSv1.3"), List.of(),
				new TrustRules(ValidationMode.STRICT, Set.of(), Clock.systemUTC()));
	}

	private final class Source implements TlsMaterialSource {

		@Override
		public TlsMaterial load() {
			return NativeMemoryTests.this.content;
		}

		@Override
		public MaterialOrigin origin() {
			return new MaterialOrigin("cert", "key", null);
		}

	}

	/** Fails from its second end on. */
	private record Failing(@Nullable Throwable thrown) implements GenerationListener.Prepared {

		@Override
		public void take() {
			if (this.thrown != null) {
				sneak(this.thrown);
			}
		}

		@Override
		public void discard() {
			take();
		}

	}

}
