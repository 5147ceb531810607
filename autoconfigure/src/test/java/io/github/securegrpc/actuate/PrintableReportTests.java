package io.github.securegrpc.actuate;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.securegrpc.peer.Denial;
import io.github.securegrpc.rotation.Refusal;
import io.github.securegrpc.transport.Handshake;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is reported of others is printable by the time it can be reported.
 */
class PrintableReportTests {

	private static final String HOSTILE = "a\r\n\u001b[31mb";

	/* Words, numbers and digests of our own. */
	private static final Set<String> OURS = Set.of("mode", "clientAuth", "provider", "serial", "fingerprint", "outcome",
			"authorization");

	static Stream<Class<?>> reported() {
		return Stream.concat(Arrays.stream(CertificatesReport.class.getDeclaredClasses()).filter(Class::isRecord),
				Stream.of(ReloadOutcome.class, TruthCheck.Finding.class, Handshake.Failed.class, Denial.class,
						Refusal.class));
	}

	@ParameterizedTest
	@MethodSource("reported")
	void textOfOthersIsPrintable(Class<?> type) throws Exception {
		Object report = hostile(type);
		for (RecordComponent component : type.getRecordComponents()) {
			component.getAccessor().setAccessible(true);
			Object value = component.getAccessor().invoke(report);
			if (!OURS.contains(component.getName()) && !component.getName().equals("protocols")) {
				assertThat(String.valueOf(value)).as("%s.%s", type.getSimpleName(), component.getName())
					.doesNotContainPattern("\\p{Cntrl}");
			}
		}
	}

	private static Object hostile(Class<?> type) throws Exception {
		RecordComponent[] components = type.getRecordComponents();
		Constructor<?> constructor = type
			.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
		constructor.setAccessible(true);
		return constructor.newInstance(Arrays.stream(components).map(PrintableReportTests::value).toArray());
	}

	private static @Nullable Object value(RecordComponent component) {
		Class<?> type = component.getType();
		return (type == String.class) ? HOSTILE : (type == List.class)
				? (component.getName().equals("sans") ? List.of(HOSTILE) : List.of())
				: (type == int.class) ? Integer.valueOf(1)
						: (type == long.class) ? Long.valueOf(1) : (type == boolean.class) ? Boolean.TRUE : null;
	}

}
