package io.github.securegrpc.text;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Printable} and {@link PrintableLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class PrintableTests {

	private static final String HOSTILE = "a\r\nforged \u001b[31m\u0085\u2028\u202e\u200b\ue000\ud800 end";

	private static final String NOTHING_THAT_STEERS = "[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}]*";

	@Test
	void lineHasNothingThatSteersWhoShowsIt() {
		assertThat(Printable.line(HOSTILE)).matches(NOTHING_THAT_STEERS)
			.startsWith("a\\u{d}\\u{a}forged \\u{1b}[31m\\u{85}")
			.endsWith(" end");
	}

	@Test
	void lineKeepsEveryLanguage() {
		assertThat(Printable.line("/etc/tls/schlüssel-鍵-\ud83d\udd11.pem"))
			.isEqualTo("/etc/tls/schlüssel-鍵-\ud83d\udd11.pem");
	}

	@Test
	void nameHasNoLetterThatOnlyLooksLikeAnother() {
		assertThat(Printable.text("spiffe://prod/\u0430dmin")).isEqualTo("spiffe://prod/\\u{430}dmin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "\u001b", "ü", "\ud83d\udd11" })
	void lengthIsBoundedWhateverTheTextIs(String unit) {
		assertThat(Printable.text(unit.repeat(100_000))).hasSizeLessThan(220).endsWith("…");
		assertThat(Printable.line(unit.repeat(100_000))).hasSizeLessThan(2_020).endsWith("…");
	}

	@Test
	void refusalIsPrintable() {
		RefusedException refused = new RefusedException(HOSTILE, HOSTILE);
		assertThat(refused.getMessage()).matches(NOTHING_THAT_STEERS);
		assertThat(refused.action()).matches(NOTHING_THAT_STEERS);
	}

	@Test
	void traceOfAnExceptionIsPrintableDownToItsLastCause() {
		Exception last = new IllegalArgumentException(HOSTILE);
		Exception circular = new IllegalStateException(HOSTILE, last);
		last.initCause(circular);
		StringWriter trace = new StringWriter();
		Printable.trace(circular).printStackTrace(new PrintWriter(trace));
		assertThat(trace.toString().lines()).allMatch((line) -> line.replace("\t", "").matches(NOTHING_THAT_STEERS))
			.noneMatch((line) -> line.startsWith("forged"))
			.anyMatch((line) -> line.contains("IllegalArgumentException"))
			.anyMatch((line) -> line.contains("PrintableTests"));
	}

	@Test
	void eventOfALogIsOneLine(CapturedOutput output) {
		PrintableLog log = PrintableLog.of(PrintableTests.class);
		log.warn(HOSTILE);
		log.warn(HOSTILE, new IllegalStateException(HOSTILE));
		log.error(HOSTILE);
		log.error(HOSTILE, new IllegalStateException(HOSTILE));
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains("forged")).hasSize(6);
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("forged"));
		assertThat(output.getAll()).doesNotContain("\u001b");
	}

}
